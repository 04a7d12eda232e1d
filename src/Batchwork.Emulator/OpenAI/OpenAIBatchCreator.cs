using System.Globalization;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.OpenAI;

/// <summary>Creates batches: the call that costs money at the real provider.</summary>
internal sealed class OpenAIBatchCreator(
    BatchRegister register, FileStore files, OpenAIBatchView view, SettingsStore settings)
{
    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var (creation, error) = await BatchCreation.ReadAsync(context.Request, context.RequestAborted);
        if (creation is null)
        {
            return error!;
        }

        if (files.Find(OpenAISurface.Provider, creation.InputFileId) is not { Input: { } input } file)
        {
            return OpenAIError.Request($"No such File object: {creation.InputFileId}", "input_file_id");
        }

        if (file.Purpose != "batch")
        {
            return OpenAIError.Request(
                $"The purpose of the file is '{file.Purpose}', it must be 'batch'.", "input_file_id", "invalid_value");
        }

        var batch = register.Create(context, file, KeyRing.Fingerprint(KeyRing.Bearer(context)), NewId, record => record with
        {
            Endpoint = creation.Endpoint,
            Model = input.Models is [var model] ? model.Value : null,
            Metadata = creation.Metadata,
            Problems = OpenAIInputCheck.Check(input, creation.Endpoint, settings.Current.MostRequests, record.CreatedAt),
            ResultsLive = creation.ResultsLive,
        });
        return new OpenAIAnswer(await view.OfAsync(batch, context.RequestAborted));
    }

    private static string NewId(DateTimeOffset now) => "batch_" + Guid.CreateVersion7(now).ToString("N", CultureInfo.InvariantCulture);
}
