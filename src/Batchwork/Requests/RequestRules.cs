using System.Globalization;

namespace Batchwork;

/// <summary>Checks of one effective request that are the same for every provider. Only what cannot be sent at all is an error.</summary>
internal static class RequestRules
{
    public static void Check(EffectiveRequest request, ModelRules? model, ProblemList problems)
    {
        CheckPrompt(request, model, problems);
        CheckText(request.CustomId, request, "customId", ValueOrigin.Row, problems);
        CheckText(request.Size.Value, request, "size", request.Size.Origin, problems);
        CheckText(request.AspectRatio.Value, request, "aspectRatio", request.AspectRatio.Origin, problems);
        CheckN(request, model, problems);

        // A model that takes shapes has its provider say what becomes of a size in pixels.
        if (model is { AspectRatios.Count: 0 })
        {
            SizeRules.Check(request, model, problems);
        }
    }

    private static void CheckPrompt(EffectiveRequest request, ModelRules? model, ProblemList problems)
    {
        if (string.IsNullOrWhiteSpace(request.Prompt))
        {
            problems.Error("prompt-empty", request.CustomId, "prompt", "There is no prompt. Say what the picture shall show.");
            return;
        }

        CheckText(request.Prompt, request, "prompt", ValueOrigin.Row, problems);
        if (model is { MaxPromptLength: > 0 and var most } && request.Prompt.Length > most && Length(request.Prompt) > most)
        {
            problems.Warn(
                "prompt-too-long",
                request.CustomId,
                "prompt",
                string.Create(CultureInfo.InvariantCulture, $"The prompt has {Length(request.Prompt)} characters; {model.Id} takes {most}. It is sent as it is and the provider will refuse it."));
        }
    }

    private static void CheckN(EffectiveRequest request, ModelRules? model, ProblemList problems)
    {
        var n = request.N.Value;
        if (n < 1)
        {
            Report(ProblemSeverity.Error, "n-too-small", string.Create(CultureInfo.InvariantCulture, $"n must be at least 1, but is {n}."), "1");
        }
        else if (model is not null && n > model.MaxN)
        {
            var most = model.MaxN.ToString(CultureInfo.InvariantCulture);
            Report(ProblemSeverity.Warning, "n-too-large", string.Create(CultureInfo.InvariantCulture, $"{model.Id} makes at most {most} pictures of one prompt, not {n}. It is sent as it is."), most);
        }

        void Report(ProblemSeverity severity, string code, string message, string suggestion) =>
            problems.Add(new RequestProblem(severity, code, request.CustomId, "n", message, suggestion), request.N.Origin);
    }

    // Half of a surrogate pair is no Unicode text: it would go out as U+FFFD, a character that nobody wrote.
    private static void CheckText(string? text, EffectiveRequest request, string field, ValueOrigin origin, ProblemList problems)
    {
        if (text is not null && UnicodeText.FirstFault(text) is { } position)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"The {field} holds half of a character at position {position}. Remove or retype it.");
            problems.Add(new RequestProblem(ProblemSeverity.Error, "text-not-unicode", request.CustomId, field, message), origin);
        }
    }

    // Providers count code points, not UTF-16 units: an emoji is one character.
    private static int Length(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
