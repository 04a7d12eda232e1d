using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Ledger;
using Batchwork.Emulator.Serving;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Batchwork.Emulator.Google;

/// <summary>
/// Resumable uploads: <c>start</c> answers with an address, to which <c>upload</c>, <c>upload, finalize</c>, <c>query</c> and
/// <c>cancel</c> are sent. What arrived before a connection broke is kept, and <c>query</c> tells how much that is.
/// </summary>
internal sealed class GoogleUploads(
    FileStore files,
    EmulatorLedger ledger,
    EmulatorClock clock,
    SettingsStore settings,
    GoogleFiles view,
    [FromKeyedServices(GoogleSurface.Provider)] ILineReader lines) : IAsyncDisposable
{
    private const int Piece = 64 * 1024;
    private const int Granularity = 256 * 1024;
    private const string Header = "x-goog-upload-";
    private static readonly TimeSpan s_life = TimeSpan.FromHours(48);
    private readonly ConcurrentDictionary<string, GoogleUpload> _uploads = new(StringComparer.Ordinal);

    public async Task<IResult> StartAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers[Header + "protocol"] != "resumable" || request.Headers[Header + "command"] != "start")
        {
            return GoogleError.Invalid("This emulator takes resumable uploads only: X-Goog-Upload-Protocol: resumable, X-Goog-Upload-Command: start.");
        }

        var (name, displayName, error) = await ReadAsync(request, context.RequestAborted);
        error ??= name is null ? null : GoogleFileName.Check(name) ?? Taken(name);
        if (error is not null)
        {
            return error;
        }

        var upload = new GoogleUpload(
            new IncomingFile(files, "upload-" + Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"), lines, settings.Current.MostRequests))
        {
            Name = name ?? GoogleFileName.New(),
            DisplayName = displayName ?? "",
            MediaType = request.Headers[Header + "header-content-type"] is [{ Length: > 0 } type] ? type : "application/octet-stream",
            Announced = long.TryParse(request.Headers[Header + "header-content-length"], CultureInfo.InvariantCulture, out var length) ? length : null,
            Key = GoogleKeys.Fingerprint(context),
        };
        var id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
        _uploads[id] = upload;
        Say(context, "active");
        context.Response.Headers[Header + "url"] = $"{request.Scheme}://{request.Host}{request.Path}?upload_id={id}&upload_protocol=resumable";
        context.Response.Headers[Header + "chunk-granularity"] = Granularity.ToString(CultureInfo.InvariantCulture);
        return TypedResults.StatusCode(StatusCodes.Status200OK);
    }

    public async Task<IResult> ContinueAsync(HttpContext context)
    {
        if (!_uploads.TryGetValue(context.Request.Query["upload_id"].ToString(), out var upload))
        {
            return GoogleError.NotFound("Upload session not found.");
        }

        await upload.Turn.WaitAsync(context.RequestAborted);
        try
        {
            var command = context.Request.Headers[Header + "command"].ToString().Replace(" ", "", StringComparison.Ordinal);
            return command switch
            {
                "query" => Tell(context, upload),
                "cancel" => Cancel(context, upload),
                "upload" or "upload,finalize" or "finalize" => await TakeAsync(context, upload, command),
                _ => GoogleError.Invalid($"Invalid upload command: {command}."),
            };
        }
        finally
        {
            upload.Turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var upload in _uploads.Values)
        {
            await upload.DisposeAsync();
        }
    }

    private static async Task<(string? Name, string? DisplayName, GoogleError? Error)> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is 0 || (request.ContentLength is null && !request.HasJsonContentType()))
        {
            return default;
        }

        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            var file = json.RootElement.Field("file") ?? default;
            var name = file.Text("name");
            return name is null || name.StartsWith(GoogleFileName.Prefix, StringComparison.Ordinal)
                ? (name?[GoogleFileName.Prefix.Length..], file.Text("displayName"), null)
                : (null, null, GoogleError.Invalid("* CreateFileRequest.file.name: must be of the form files/{file_id}.\n"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, null, GoogleError.Invalid("Invalid JSON payload received."));
        }
    }

    private static void Say(HttpContext context, string status) => context.Response.Headers[Header + "status"] = status;

    private static void SayReceived(HttpContext context, GoogleUpload upload) =>
        context.Response.Headers[Header + "size-received"] = GoogleJson.Long(upload.File.Bytes);

    private GoogleError? Taken(string name) =>
        settings.Current.Google.NamesAreTaken && files.FindNamed(GoogleSurface.Provider, name) is not null
            ? new GoogleError(409, "ALREADY_EXISTS", "Requested entity already exists")
            : null;

    private IResult Tell(HttpContext context, GoogleUpload upload)
    {
        SayReceived(context, upload);
        Say(context, upload.Done is not null ? "final" : upload.IsCancelled ? "cancelled" : "active");
        return upload.Done is { } file ? Show(file) : TypedResults.StatusCode(StatusCodes.Status200OK);
    }

    private static StatusCodeHttpResult Cancel(HttpContext context, GoogleUpload upload)
    {
        upload.IsCancelled = upload.Done is null;
        Say(context, upload.IsCancelled ? "cancelled" : "final");
        return TypedResults.StatusCode(StatusCodes.Status200OK);
    }

    private async Task<IResult> TakeAsync(HttpContext context, GoogleUpload upload, string command)
    {
        if (upload.Done is not null || upload.IsCancelled)
        {
            Say(context, upload.IsCancelled ? "cancelled" : "final");
            return GoogleError.Invalid("Upload has already been terminated.");
        }

        var offset = context.Request.Headers[Header + "offset"].ToString();
        if (offset != GoogleJson.Long(upload.File.Bytes))
        {
            SayReceived(context, upload);
            Say(context, "active");
            return GoogleError.Invalid($"Upload offset {offset} does not match the {upload.File.Bytes} bytes received so far.");
        }

        LargeBody.Allow(context);
        var error = await ReceiveAsync(context, upload);
        var finalize = command.EndsWith("finalize", StringComparison.Ordinal);
        error ??= !finalize && (upload.File.Bytes % Granularity) != 0
            ? GoogleError.Invalid($"All chunks but the last must be a multiple of {Granularity} bytes.")
            : finalize && upload.Announced is { } announced && announced != upload.File.Bytes
                ? GoogleError.Invalid($"The upload was announced with {announced} bytes and has {upload.File.Bytes}.")
                : finalize
                    ? Taken(upload.Name)
                    : null;
        if (error is not null)
        {
            return error;
        }

        Say(context, finalize ? "final" : "active");
        SayReceived(context, upload);
        return finalize ? Show(upload.Done = await KeepAsync(upload)) : TypedResults.StatusCode(StatusCodes.Status200OK);
    }

    private async Task<GoogleError?> ReceiveAsync(HttpContext context, GoogleUpload upload)
    {
        var largest = Math.Max(settings.Current.LargestUpload, GoogleSurface.LargestUpload);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
            {
                if (upload.File.Bytes + read > largest)
                {
                    return GoogleError.For(413, new ErrorWords());
                }

                await upload.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<FileRecord> KeepAsync(GoogleUpload upload)
    {
        var summary = await upload.File.KeepAsync();
        var now = clock.GetUtcNow();
        var file = new FileRecord
        {
            Id = upload.File.Id,
            Name = upload.Name,
            Sequence = ledger.NextSequence(),
            Provider = GoogleSurface.Provider,
            Part = FilePart.Input,
            Purpose = "",
            Filename = upload.DisplayName.Length > 0 ? upload.DisplayName : GoogleFileName.Prefix + upload.Name,
            MediaType = upload.MediaType,
            Sha256 = upload.Sha256(),
            Bytes = upload.File.Bytes,
            CreatedAt = now,
            ExpiresAt = now + s_life,
            ListedAt = now + settings.Current.ListLag,
            Key = upload.Key,
            Input = summary,
        };
        files.Add(file);
        ledger.Append(LedgerEntries.For(file));
        return file;
    }

    private GoogleAnswer Show(FileRecord file) => new(new JsonObject { ["file"] = view.ToJson(file) });
}
