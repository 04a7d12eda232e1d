using System.Text.Json;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Files;

namespace Batchwork.Emulator.Google;

/// <summary>Creates batches: the call that costs money at the real provider, and gives the id only in its answer.</summary>
internal sealed class GoogleBatchCreator(
    BatchRegister register,
    FileStore files,
    GoogleOperation view,
    EmulatorClock clock,
    SettingsStore settings,
    [FromKeyedServices(GoogleSurface.Provider)] ILineReader lines)
{
    private static readonly TimeSpan s_resultsLive = TimeSpan.FromDays(42);

    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (ModelError(id) is { } unknown)
        {
            return unknown;
        }

        var (creation, error) = await GoogleCreation.ReadAsync(
            context.Request, settings.Current.Google.LargestCreate, context.RequestAborted);
        using (creation)
        {
            if (creation is null)
            {
                return error!;
            }

            var (input, refused) = creation.FileName is { } name ? Uploaded(name) : await KeepAsync(context, creation, id);
            if (input is null)
            {
                return refused!;
            }

            return await view.AnswerAsync(context, register.Create(
                context, input, GoogleKeys.Fingerprint(context), NewId, record => Complete(record, creation, id, input.Input!)));
        }
    }

    // 36 letters and digits, such as 3a96…: with files/batch- in front more than a file's id may have.
    private static string NewId(DateTimeOffset now)
    {
        var random = Guid.CreateVersion7(now).ToString("N");
        return random + random[^4..];
    }

    private static IReadOnlyList<InputProblem> Check(InputSummary input, int mostRequests) =>
        input.Requests == 0 ? [new InputProblem("INVALID_ARGUMENT", "The input file holds no requests.", null, null)]
        : input.Requests > mostRequests
            ? [new InputProblem("INVALID_ARGUMENT", $"The input holds {input.Requests} requests, more than {mostRequests}.", null, null)]
            : input.Problems;

    private BatchRecord Complete(BatchRecord record, GoogleCreation creation, string model, InputSummary input)
    {
        var batch = record with
        {
            Endpoint = $"models/{model}:batchGenerateContent",
            Model = model,
            Metadata = new Dictionary<string, string> { ["displayName"] = creation.DisplayName },
            Problems = Check(input, settings.Current.MostRequests),
            ResultsLive = s_resultsLive,
            IsInline = creation.FileName is null,
            ResultsAs = GoogleResultPlace.Of(creation.FileName is null, settings.Current.Google),

            // A job aims at 24 hours and expires after 48.
            Schedule = record.Schedule with { Window = record.Schedule.Window * 2 },
        };

        // What expires has no results: nothing is to be made.
        return new BatchTimeline(batch).Expires ? batch with { Results = BatchResults.None } : batch;
    }

    private GoogleError? ModelError(string id)
    {
        var model = GoogleModels.Find(id);
        if (model is { Batches: true } && model.IsOffered(clock.GetUtcNow()))
        {
            return null;
        }

        var advice = model?.Successor is { } successor
            ? $"This model models/{id} is no longer available. Please update your code to use models/{successor}."
            : $"models/{id} is not found for API version v1beta, or is not supported for batchGenerateContent. "
                + "Call ModelService.ListModels to see the list of available models and their supported methods.";
        return GoogleError.NotFound(advice);
    }

    private (FileRecord? Input, GoogleError? Refused) Uploaded(string name)
    {
        if (files.FindNamed(GoogleSurface.Provider, name) is not { Part: FilePart.Input } file)
        {
            return (null, GoogleError.NotFound($"Requested entity was not found: {GoogleFileName.Prefix}{name}."));
        }

        return file.CreatedAt + settings.Current.Google.Processing > clock.GetUtcNow()
            ? (null, new GoogleError(
                400, "FAILED_PRECONDITION", $"The File {name} is not in an ACTIVE state and usage is not allowed."))
            : (file, null);
    }

    // Requests of an inline batch are kept as an upload that nobody sees, so that everything behind is the same for both.
    private async Task<(FileRecord? Input, GoogleError? Refused)> KeepAsync(HttpContext context, GoogleCreation creation, string modelId)
    {
        var now = clock.GetUtcNow();
        await using var file = new IncomingFile(
            files, "inline-" + Guid.CreateVersion7(now).ToString("N"), lines, settings.Current.MostRequests);
        foreach (var (number, request) in creation.Requests.Index())
        {
            if (request.Field("request") is not { ValueKind: JsonValueKind.Object } content)
            {
                return (null, GoogleError.Invalid($"* batch.input_config.requests.requests[{number}].request: request is required.\n"));
            }

            // Unlike in a file, what is wrong with one request is wrong with the whole call.
            if (new GoogleCallReader(content, GoogleModels.Find(modelId)!).Read().Error is { } wrong)
            {
                return (null, wrong with { Message = $"batch.input_config.requests.requests[{number}]: {wrong.Message}" });
            }

            await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(request, GoogleJson.Options), context.RequestAborted);
            await file.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
        }

        var record = new FileRecord
        {
            Id = file.Id,
            Sequence = 0,
            Provider = GoogleSurface.Provider,
            Part = FilePart.Inline,
            Purpose = "",
            Filename = "",
            Bytes = file.Bytes,
            CreatedAt = now,
            ExpiresAt = now + s_resultsLive,
            ListedAt = DateTimeOffset.MaxValue,
            Input = await file.KeepAsync(),
        };
        files.Add(record);
        return (record, null);
    }
}
