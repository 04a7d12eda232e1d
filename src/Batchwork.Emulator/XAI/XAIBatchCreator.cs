using System.Text.Json;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.XAI;

/// <summary>Creates batches: the call that costs money at the real provider. Their input is checked afterwards.</summary>
internal sealed class XAIBatchCreator(
    BatchRegister register, FileStore files, XAIBatchView view, EmulatorClock clock, SettingsStore settings)
{
    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var (name, fileId) = await ReadAsync(context.Request, context.RequestAborted);
        if (name is not { Length: > 0 })
        {
            return XAIError.Invalid("name is required.");
        }

        if (fileId is null)
        {
            return XAIError.Invalid("input_file_id is required: this emulator does not play batches that requests are added to.");
        }

        if (files.Find(XAISurface.Provider, fileId) is not { Input: { } input } file)
        {
            return XAIError.NotFound($"File {fileId} not found.");
        }

        var at = settings.Current.XAI.PicturesAt ?? $"{context.Request.Scheme}://{context.Request.Host}{XAISurface.Hosted}";
        var batch = register.Create(context, file, KeyRing.Fingerprint(KeyRing.Bearer(context)), NewId, record => record with
        {
            Endpoint = input.Targets is [var target, ..] ? target.Value : "",
            Model = input.Models is [var model] ? model.Value : null,
            Metadata = new Dictionary<string, string> { ["name"] = name },
            Problems = Check(input),
            PicturesAt = at,

            // Nothing is made ahead: pages are written when they are asked for.
            Results = BatchResults.None,
        });
        return new XAIAnswer(await view.OfAsync(batch, context.RequestAborted));
    }

    private static string NewId(DateTimeOffset now) => "batch_" + Guid.CreateVersion7(now).ToString("D");

    private static async Task<(string? Name, string? FileId)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            return (json.RootElement.Text("name"), json.RootElement.Text("input_file_id"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    private IReadOnlyList<InputProblem> Check(InputSummary input)
    {
        var most = settings.Current.MostRequests;
        var unfit = input.Models.FirstOrDefault(model => !IsTaken(model.Value));
        return input.Requests == 0 ? [Problem("the file is empty")]
            : input.Requests > most ? [Problem($"the file holds {input.Requests} requests, more than {most}")]
            : unfit is not null ? [Problem($"Model {unfit.Value} is not supported for batch processing")]
            : input.Problems;
    }

    private static InputProblem Problem(string message) => new("validation_failed", message, null, null);

    private bool IsTaken(string id)
    {
        var only = settings.Current.XAI.BatchModels;
        return only.Count > 0 ? only.Contains(id) : XAIModels.Find(id) is { } model && model.IsOffered(clock.GetUtcNow());
    }
}
