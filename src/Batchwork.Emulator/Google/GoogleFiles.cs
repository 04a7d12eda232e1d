using System.Text;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Results;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.Google;

/// <summary>
/// The files of this API, once they are uploaded, and the result files of batches, which can be downloaded and nothing else.
/// </summary>
internal sealed class GoogleFiles(FileStore files, BatchStore batches, ResultFiles results, EmulatorClock clock, SettingsStore settings)
{
    private const string ResultPrefix = "batch-";

    /// <summary>The name of a batch's result file, without <c>files/</c>: longer than the 40 characters a file's id may have.</summary>
    public static string ResultName(BatchRecord batch) => ResultPrefix + batch.Id;

    public Task<IResult> ListAsync(HttpContext context)
    {
        List<FileRecord> uploads = [.. files.List(GoogleSurface.Provider).Where(file => file.Part == FilePart.Input)];
        return GooglePage.AnswerAsync(
            context, "files", uploads, file => file.Id, file => Task.FromResult(ToJson(file)), usual: 10, most: 100);
    }

    public Task<IResult> GetAsync(HttpContext context) => Task.FromResult(WithAsked(context, file => new GoogleAnswer(ToJson(file))));

    public Task<IResult> DeleteAsync(HttpContext context) => Task.FromResult(WithAsked(context, file =>
    {
        files.Delete(file.Id);
        return new GoogleAnswer([]);
    }));

    public async Task<IResult> DownloadAsync(HttpContext context)
    {
        var id = IdOf(context);
        if (context.Request.Query["alt"] != "media")
        {
            return GoogleError.Invalid("Downloads need the parameter alt=media.");
        }

        if (ResultOf(id) is { } result)
        {
            return new ContentAnswer(result, await results.OpenAsync(result, context.RequestAborted), settings.Current.AnswerRanges);
        }

        return files.FindNamed(GoogleSurface.Provider, id) is null
            ? NotThere(id)
            : GoogleError.Invalid("Only generated files can be downloaded; this one was uploaded.");
    }

    public JsonObject ToJson(FileRecord file)
    {
        var active = file.CreatedAt + settings.Current.Google.Processing <= clock.GetUtcNow();
        var json = new JsonObject { ["name"] = GoogleFileName.Prefix + file.Name };
        if (!file.Filename.StartsWith(GoogleFileName.Prefix, StringComparison.Ordinal))
        {
            json["displayName"] = file.Filename;
        }

        json["mimeType"] = file.MediaType;
        json["sizeBytes"] = GoogleJson.Long(file.Bytes);
        json["createTime"] = GoogleJson.Time(file.CreatedAt);
        json["updateTime"] = GoogleJson.Time(active ? file.CreatedAt + settings.Current.Google.Processing : file.CreatedAt);
        json["expirationTime"] = file.ExpiresAt is { } end ? GoogleJson.Time(end) : null;

        // Base64 of the hash in hex, not of its bytes: "NjY4N2Y2…" for 6687f6….
        json["sha256Hash"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(file.Sha256 ?? ""));
        json["uri"] = $"https://generativelanguage.googleapis.com/v1beta/files/{file.Name}";
        json["state"] = active ? "ACTIVE" : "PROCESSING";
        json["source"] = "UPLOADED";
        return json;
    }

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    // As the API words it: it does not tell a file that is not there from one of somebody else.
    private static GoogleError NotThere(string id) => new(
        403, "PERMISSION_DENIED", $"You do not have permission to access the File {id} or it may not exist.");

    private IResult WithAsked(HttpContext context, Func<FileRecord, IResult> answer)
    {
        var id = IdOf(context);
        return GoogleFileName.Check(id) is { } wrong ? wrong
            : files.FindNamed(GoogleSurface.Provider, id) is { Part: FilePart.Input } file ? answer(file)
            : NotThere(id);
    }

    private FileRecord? ResultOf(string id) =>
        id.StartsWith(ResultPrefix, StringComparison.Ordinal)
        && batches.Find(id[ResultPrefix.Length..]) is { Provider: GoogleSurface.Provider, Results.OutputFileId: { } output }
            ? files.Find(GoogleSurface.Provider, output)
            : null;
}
