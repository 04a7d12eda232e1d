using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Clock;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Files;
using Batchwork.Emulator.Ledger;
using Batchwork.Emulator.Serving;

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
    private const string Header = GoogleUploadStart.Header;
    private const int Piece = 64 * 1024;
    private const int Granularity = 256 * 1024;
    private static readonly TimeSpan s_life = TimeSpan.FromHours(48);
    private readonly ConcurrentDictionary<string, GoogleUpload> _uploads = new(StringComparer.Ordinal);

    public async Task<IResult> StartAsync(HttpContext context)
    {
        var request = context.Request;
        var (start, error) = await GoogleUploadStart.ReadAsync(request, context.RequestAborted);
        if (start is null)
        {
            return error!;
        }

        if (Taken(start.Name) is { } taken)
        {
            return taken;
        }

        if (start.Announced > settings.Current.Google.LargestUpload)
        {
            return GoogleError.For(413, new ErrorWords());
        }

        var now = clock.GetUtcNow();
        var file = new IncomingFile(files, "upload-" + Guid.CreateVersion7(now).ToString("N"), lines, settings.Current.MostRequests);
        var upload = new GoogleUpload(file)
        {
            Name = start.Name ?? GoogleFileName.New(),
            DisplayName = start.DisplayName ?? "",
            MediaType = start.MediaType,
            Announced = start.Announced,
            Key = GoogleKeys.Fingerprint(context),
        };
        var id = Guid.CreateVersion7(now).ToString("N");
        _uploads[id] = upload;
        var headers = context.Response.Headers;
        headers[Header + "url"] = $"{request.Scheme}://{request.Host}{request.Path}?upload_id={id}&upload_protocol=resumable";
        headers[Header + "chunk-granularity"] = Granularity.ToString(CultureInfo.InvariantCulture);
        return Told(context, upload);
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
            switch (command)
            {
                case "query":
                    return Told(context, upload);
                case "cancel":
                    await upload.CancelAsync();
                    return Told(context, upload);
                case "upload" or "upload,finalize" or "finalize":
                    return await TakeAsync(context, upload, command.EndsWith("finalize", StringComparison.Ordinal));
                default:
                    return Refused(context, upload, GoogleError.Invalid($"Invalid upload command: {command}."));
            }
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

    private static GoogleError Refused(HttpContext context, GoogleUpload upload, GoogleError error)
    {
        Say(context, upload);
        return error;
    }

    private static void Say(HttpContext context, GoogleUpload upload)
    {
        context.Response.Headers[Header + "status"] = upload.Status;
        context.Response.Headers[Header + "size-received"] = GoogleJson.Long(upload.Received);
    }

    // The file comes with every answer once it is there: the first one may have been lost.
    private IResult Told(HttpContext context, GoogleUpload upload)
    {
        Say(context, upload);
        return upload.Done is { } file
            ? new GoogleAnswer(new JsonObject { ["file"] = view.ToJson(file) })
            : TypedResults.StatusCode(StatusCodes.Status200OK);
    }

    private GoogleError? Taken(string? name) =>
        name is not null && settings.Current.Google.NamesAreTaken && files.FindNamed(GoogleSurface.Provider, name) is not null
            ? GoogleError.For(409, new ErrorWords())
            : null;

    private async Task<IResult> TakeAsync(HttpContext context, GoogleUpload upload, bool finalize)
    {
        if (upload.Done is not null || upload.IsCancelled)
        {
            return Refused(context, upload, GoogleError.Invalid("Upload has already been terminated."));
        }

        var offset = context.Request.Headers[Header + "offset"].ToString();
        if (offset != GoogleJson.Long(upload.Received))
        {
            return Refused(
                context, upload, GoogleError.Invalid($"The offset {offset} does not match the {upload.Received} bytes received so far."));
        }

        LargeBody.Allow(context);
        if ((await ReceiveAsync(context, upload) ?? Check(upload, finalize)) is { } error)
        {
            return Refused(context, upload, error);
        }

        if (finalize)
        {
            _ = await upload.FinishAsync((id, input, hash) => Keep(upload, id, input, hash));
        }

        return Told(context, upload);
    }

    private GoogleError? Check(GoogleUpload upload, bool finalize)
    {
        if (!finalize)
        {
            return upload.Received % Granularity == 0
                ? null
                : GoogleError.Invalid($"All chunks but the last must be a multiple of {Granularity} bytes.");
        }

        return upload.Announced is { } announced && announced != upload.Received
            ? GoogleError.Invalid($"The upload was announced with {announced} bytes and has {upload.Received}.")
            : Taken(upload.Name);
    }

    private async Task<GoogleError?> ReceiveAsync(HttpContext context, GoogleUpload upload)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
            {
                if (upload.Received + read > settings.Current.Google.LargestUpload)
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

    private FileRecord Keep(GoogleUpload upload, string id, InputSummary input, string hash)
    {
        var now = clock.GetUtcNow();
        var file = new FileRecord
        {
            Id = id,
            Name = upload.Name,
            Sequence = ledger.NextSequence(),
            Provider = GoogleSurface.Provider,
            Part = FilePart.Input,
            Purpose = "",
            Filename = upload.DisplayName.Length > 0 ? upload.DisplayName : GoogleFileName.Prefix + upload.Name,
            MediaType = upload.MediaType,
            Sha256 = hash,
            Bytes = upload.Received,
            CreatedAt = now,
            ExpiresAt = now + s_life,
            ListedAt = now + settings.Current.ListLag,
            Key = upload.Key,
            Input = input,
        };
        files.Add(file);
        ledger.Append(LedgerEntries.For(file));
        return file;
    }
}
