using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Ledger;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.XAI;

/// <summary>The files of this API.</summary>
internal sealed partial class XAIFiles(
    FileStore files,
    EmulatorLedger ledger,
    EmulatorClock clock,
    SettingsStore settings,
    [FromKeyedServices(XAISurface.Provider)] ILineReader lines)
{
    private const int ShortestLife = 3600;
    private const int LongestLife = 2592000;

    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var (now, current) = (clock.GetUtcNow(), settings.Current);
        await using var file = new IncomingFile(files, "file_" + Guid.CreateVersion7(now).ToString("D"), lines, current.MostRequests);
        var form = new UploadForm(context, file, current.LargestUpload);
        var error = await form.ReadAsync(context.RequestAborted) switch
        {
            UploadFault.None => Check(form),
            UploadFault.TooLarge => XAIError.For(413, new ErrorWords()),
            var fault => XAIError.Invalid($"The upload could not be read: {fault}."),
        };
        if (error is not null)
        {
            return error;
        }

        var life = form.Field("expires_after") is { } seconds ? int.Parse(seconds, CultureInfo.InvariantCulture) : (int?)null;
        var record = new FileRecord
        {
            Id = file.Id,
            Input = await file.KeepAsync(),
            Sequence = ledger.NextSequence(),
            Provider = XAISurface.Provider,
            Part = FilePart.Input,

            // Accepted and ignored: "purpose":"batch" comes back as "".
            Purpose = "",
            Filename = form.Filename!,
            Bytes = file.Bytes,
            CreatedAt = now,
            ExpiresAt = life is { } span ? now.AddSeconds(span) : null,
            ListedAt = now + current.ListLag,
            Key = KeyRing.Fingerprint(KeyRing.Bearer(context)),
        };
        files.Add(record);
        ledger.Append(LedgerEntries.For(record));
        return new XAIAnswer(ToJson(record));
    }

    public Task<IResult> ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var filter = query["filter"].ToString();
        var named = NameFilter().Match(filter);
        if (filter.Length > 0 && !named.Success)
        {
            return Task.FromResult<IResult>(XAIError.Invalid($"Invalid filter: {filter}"));
        }

        var all = files.List(XAISurface.Provider).Where(file => !named.Success || file.Filename == named.Groups[1].Value);
        var ordered = query["order"] == "asc" ? all.Reverse() : all;
        var (page, wrong) = XAIPage.Of(context, [.. ordered], file => file.Id);
        return Task.FromResult((IResult?)wrong ?? new XAIAnswer(new JsonObject
        {
            ["data"] = new JsonArray([.. page!.Entries.Select(ToJson)]),
            ["pagination_token"] = page.Next,
        }));
    }

    public Task<IResult> GetAsync(HttpContext context) =>
        Task.FromResult<IResult>(Asked(context) is { } file ? new XAIAnswer(ToJson(file)) : NotThere(context));

    public Task<IResult> DeleteAsync(HttpContext context)
    {
        if (Asked(context) is not { } file)
        {
            return Task.FromResult<IResult>(NotThere(context));
        }

        files.Delete(file.Id);
        return Task.FromResult<IResult>(new XAIAnswer(new JsonObject { ["deleted"] = true, ["id"] = file.Id }));
    }

    public Task<IResult> ContentAsync(HttpContext context)
    {
        if (Asked(context) is not { } file)
        {
            return Task.FromResult<IResult>(NotThere(context));
        }

        XAIAnswer.AddHeaders(context.Response);
        return Task.FromResult<IResult>(
            new ContentAnswer(file, new StoredContent(files.ContentOf(file.Id)), settings.Current.AnswerRanges));
    }

    private static XAIError? Check(UploadForm form)
    {
        if (form.Filename is null)
        {
            return XAIError.Invalid("The field file is required.");
        }

        if (form.Fields.FirstOrDefault(field => field.Name == "expires_after") is not { } expiry)
        {
            return null;
        }

        // The order of the parts matters: what comes after the file is read too late.
        return expiry.AfterFile ? XAIError.Invalid("expires_after must come before the file.")
            : int.TryParse(expiry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds is >= ShortestLife and <= LongestLife ? null
            : XAIError.Invalid($"expires_after must be {ShortestLife} to {LongestLife} seconds.");
    }

    private static XAIError NotThere(HttpContext context) => XAIError.NotFound($"File {context.Request.RouteValues["id"]} not found.");

    private static JsonObject ToJson(FileRecord file) => new()
    {
        ["id"] = file.Id,
        ["object"] = "file",
        ["bytes"] = file.Bytes,
        ["created_at"] = file.CreatedAt.ToUnixTimeSeconds(),
        ["expires_at"] = file.ExpiresAt?.ToUnixTimeSeconds(),
        ["filename"] = file.Filename,
        ["purpose"] = file.Purpose,
    };

    private FileRecord? Asked(HttpContext context) => files.Find(XAISurface.Provider, (string)context.Request.RouteValues["id"]!);

    // name = "job.jsonl"; more of the filter language is not played.
    [GeneratedRegex("""^\s*(?:file)?name\s*=\s*"([^"]*)"\s*$""", RegexOptions.NonBacktracking)]
    private static partial Regex NameFilter();
}
