using System.Globalization;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Ledger;
using Batchwork.Emulator.Results;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.OpenAI;

/// <summary>The files of this API.</summary>
internal sealed class OpenAIFiles(
    FileStore files,
    ResultFiles results,
    EmulatorLedger ledger,
    EmulatorClock clock,
    SettingsStore settings,
    [FromKeyedServices(OpenAISurface.Provider)] ILineReader lines)
{
    private const string BatchPurpose = "batch";
    private const int ShortestLife = 3600;
    private const int LongestLife = 2592000;
    private static readonly string[] s_purposes = ["assistants", BatchPurpose, "fine-tune", "vision", "user_data", "evals"];

    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var now = clock.GetUtcNow();
        var current = settings.Current;
        var id = "file-" + Guid.CreateVersion7(now).ToString("N", CultureInfo.InvariantCulture);
        await using var file = new IncomingFile(files, id, lines, current.MostRequests);
        var upload = new OpenAIUpload(context, file, current.LargestUpload);
        return await upload.ReadAsync(context.RequestAborted) ?? Check(upload) ?? (IResult)new OpenAIAnswer(
            ToJson(await KeepAsync(context, file, upload, current, now)));
    }

    public Task<IResult> ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (purpose, order) = (query["purpose"].ToString(), query["order"].ToString());
        if (order is not ("" or "asc" or "desc"))
        {
            return Task.FromResult<IResult>(OpenAIError.Value("order", order, ["asc", "desc"]));
        }

        var all = files.List(OpenAISurface.Provider).Where(file => purpose.Length == 0 || file.Purpose == purpose);
        var ordered = order == "asc" ? all.Reverse() : all;
        var (page, wrong) = OpenAIPage.Of(context, [.. ordered], file => file.Id, usual: 10_000, most: 10_000);
        return Task.FromResult((IResult?)wrong ?? page!.Answer(page.Entries.Select(ToJson)));
    }

    public Task<IResult> RetrieveAsync(HttpContext context) =>
        Task.FromResult<IResult>(Asked(context) is { } file ? new OpenAIAnswer(ToJson(file)) : NotThere(context));

    public Task<IResult> DeleteAsync(HttpContext context)
    {
        if (Asked(context) is not { } file)
        {
            return Task.FromResult<IResult>(NotThere(context));
        }

        files.Delete(file.Id);
        return Task.FromResult<IResult>(new OpenAIAnswer(new JsonObject { ["id"] = file.Id, ["object"] = "file", ["deleted"] = true }));
    }

    public async Task<IResult> ContentAsync(HttpContext context)
    {
        if (Asked(context) is not { } file)
        {
            return NotThere(context);
        }

        OpenAIAnswer.AddHeaders(context);
        var content = file.Part == FilePart.Input
            ? new StoredContent(files.ContentOf(file.Id))
            : await results.OpenAsync(file, context.RequestAborted);
        return new ContentAnswer(file, content, settings.Current.AnswerRanges);
    }

    private static OpenAIError NotThere(HttpContext context) => OpenAIError.NoSuch("File object", IdOf(context));

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    private FileRecord? Asked(HttpContext context) => files.Find(OpenAISurface.Provider, IdOf(context));

    private static OpenAIError? Check(OpenAIUpload upload)
    {
        if (!s_purposes.Contains(upload.Purpose))
        {
            return OpenAIError.Value("purpose", upload.Purpose!, s_purposes);
        }

        if (upload.Purpose == BatchPurpose && !upload.Filename!.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase))
        {
            return OpenAIError.Request("A file for the Batch API must be a .jsonl file.", "file", "invalid_file_format");
        }

        if (upload.ExpiryAnchor is null && upload.ExpirySeconds is null)
        {
            return null;
        }

        return upload.ExpiryAnchor != "created_at"
            ? OpenAIError.Value("expires_after[anchor]", upload.ExpiryAnchor ?? "", ["created_at"])
            : Seconds(upload) is >= ShortestLife and <= LongestLife
                ? null
                : OpenAIError.Request(
                    $"Invalid 'expires_after[seconds]': expected {ShortestLife} to {LongestLife}.",
                    "expires_after[seconds]",
                    "invalid_value");
    }

    private static int? Seconds(OpenAIUpload upload) =>
        int.TryParse(upload.ExpirySeconds, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private async Task<FileRecord> KeepAsync(
        HttpContext context, IncomingFile arrived, OpenAIUpload upload, EmulatorSettings current, DateTimeOffset now)
    {
        var summary = await arrived.KeepAsync();
        var isBatch = upload.Purpose == BatchPurpose;
        var life = Seconds(upload) ?? (isBatch ? LongestLife : null);
        var file = new FileRecord
        {
            Id = arrived.Id,
            Sequence = ledger.NextSequence(),
            Provider = OpenAISurface.Provider,
            Part = FilePart.Input,
            Purpose = upload.Purpose!,
            Filename = upload.Filename!,
            Bytes = arrived.Bytes,
            CreatedAt = now,
            ExpiresAt = life is { } seconds ? now.AddSeconds(seconds) : null,
            ListedAt = now + current.ListLag,
            Key = KeyRing.Fingerprint(KeyRing.Bearer(context)),
            Input = summary,
        };
        files.Add(file);
        ledger.Append(LedgerEntries.For(file));
        return file;
    }

    private static JsonObject ToJson(FileRecord file) => new()
    {
        ["id"] = file.Id,
        ["object"] = "file",
        ["bytes"] = file.Bytes,
        ["created_at"] = file.CreatedAt.ToUnixTimeSeconds(),
        ["expires_at"] = file.ExpiresAt?.ToUnixTimeSeconds(),
        ["filename"] = file.Filename,
        ["purpose"] = file.Purpose,
        ["status"] = "processed",
        ["status_details"] = null,
    };
}
