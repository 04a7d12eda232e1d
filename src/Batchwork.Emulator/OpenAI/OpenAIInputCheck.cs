using Batchwork.Emulator.Files;

namespace Batchwork.Emulator.OpenAI;

/// <summary>What makes a batch fail in validation, given its file, its endpoint and the day.</summary>
internal static class OpenAIInputCheck
{
    public static IReadOnlyList<InputProblem> Check(InputSummary input, string endpoint, int mostRequests, DateTimeOffset now)
    {
        if (input.Requests == 0)
        {
            return [new InputProblem("empty_file", "The input file is empty. A batch must hold at least one request.", null, null)];
        }

        if (input.Requests > mostRequests)
        {
            return [new InputProblem(
                "too_many_tasks",
                $"The input file holds {input.Requests} requests, more than the {mostRequests} a batch may hold.",
                null,
                null)];
        }

        return
        [
            .. input.Problems
                .Concat(input.Targets.Where(target => target.Value != endpoint).Select(target => OtherTarget(target, endpoint)))
                .Concat(input.Models.Skip(1).Select(model => OtherModel(model, input.Models[0].Value)))
                .Concat(input.Models.Where(model => !IsOffered(model.Value, now)).Select(NotOffered))
                .OrderBy(problem => problem.Line),
        ];
    }

    private static InputProblem OtherTarget(FirstSeen target, string endpoint) =>
        new("invalid_url", $"The URL '{target.Value}' of this request does not match the batch endpoint '{endpoint}'.", "url", target.Line);

    private static InputProblem OtherModel(FirstSeen model, string first) =>
        new("mismatched_model", $"A batch has one model. This request names '{model.Value}', the first '{first}'.", "body.model", model.Line);

    private static InputProblem NotOffered(FirstSeen model) =>
        new("model_not_found", $"The model '{model.Value}' does not exist or is not supported by the Batch API.", "body.model", model.Line);

    private static bool IsOffered(string id, DateTimeOffset now) =>
        OpenAIModels.Find(id) is { Batches: true } model && model.IsOffered(now);
}
