using System.Globalization;
using System.Text;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Sheets.Reading;
using Batchwork.Engine.Workspaces;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Batchwork.Engine.Sheets;

/// <summary>Takes in prompt sheets. What a file gets wrong is an answer, not an exception.</summary>
public sealed partial class SheetService(
    DataFolder folder,
    SheetStore store,
    IOptions<EngineOptions> options,
    TimeProvider time,
    ILogger<SheetService> logger) : IDisposable
{
    private const int ParallelReads = 2;
    private const long Mebibyte = 1024 * 1024;
    private readonly EngineOptions _options = options.Value;

    /// <summary>Reading is work for the processor and the one writer of the database: more at a time would only wait for each other.</summary>
    private readonly SemaphoreSlim _reads = new(ParallelReads);

    /// <summary>Most bytes of a file.</summary>
    public long MaxBytes => _options.MaxSheetMebibytes * Mebibyte;

    /// <summary>Takes in a file.</summary>
    /// <param name="actor">Who uploads it; a Creator at least.</param>
    /// <param name="fileName">Its name as the browser sent it.</param>
    /// <param name="content">Its bytes, read once.</param>
    /// <param name="cancellationToken">Cancels; nothing is then kept.</param>
    /// <returns>The stored sheet, or why there is none.</returns>
    public async Task<SheetUpload> UploadAsync(Actor actor, string fileName, Stream content, CancellationToken cancellationToken)
    {
        actor.Require(Role.Creator);
        return await TakeInAsync(actor, SheetName.Clean(fileName), content, isPasted: false, cancellationToken);
    }

    /// <summary>Takes in prompts that were typed or pasted, one on each line, or cells with a header row pasted from a spreadsheet.</summary>
    /// <param name="actor">Who typed them; a Creator at least.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Cancels; nothing is then kept.</param>
    /// <returns>The stored sheet, or why there is none.</returns>
    public async Task<SheetUpload> FromPromptsAsync(Actor actor, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await FromPromptsAsync(actor, content, cancellationToken);
    }

    /// <summary>Takes in prompts that were typed or pasted, as they arrive.</summary>
    /// <param name="actor">Who typed them; a Creator at least.</param>
    /// <param name="content">Their UTF-8 text, read once.</param>
    /// <param name="cancellationToken">Cancels; nothing is then kept.</param>
    /// <returns>The stored sheet, or why there is none.</returns>
    public async Task<SheetUpload> FromPromptsAsync(Actor actor, Stream content, CancellationToken cancellationToken)
    {
        actor.Require(Role.Creator);
        return await TakeInAsync(actor, "Typed prompts", content, isPasted: true, cancellationToken);
    }

    /// <summary>The answer to a file that is too large, also for whoever sees its size before its bytes.</summary>
    /// <param name="fileName">The file's name.</param>
    /// <returns>The refusal.</returns>
    public SheetUpload TooLarge(string fileName) => new()
    {
        FileName = fileName,
        IsTooLarge = true,
        Faults =
        [
            new SheetFault(null, string.Create(
                CultureInfo.InvariantCulture,
                $"The file is larger than {_options.MaxSheetMebibytes:N0} MiB, the limit. Split it into several files, or ask your administrator to raise Batchwork:MaxSheetMebibytes.")),
        ],
    };

    public void Dispose() => _reads.Dispose();

    private async Task<SheetUpload> TakeInAsync(Actor actor, string fileName, Stream content, bool isPasted, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        await using var spooled = await SpooledSheet.ReceiveAsync(content, folder, id, MaxBytes, cancellationToken);
        if (spooled.IsTooLarge)
        {
            return TooLarge(fileName);
        }

        await _reads.WaitAsync(cancellationToken);
        try
        {
            // SQLite and the reader are synchronous underneath; a page must not stand still meanwhile.
            return await Task.Run(() => ReadAsync(actor, id, fileName, spooled, isPasted, cancellationToken), cancellationToken);
        }
        catch (SheetFaultException e)
        {
            LogRefused(e.Faults.Count + e.More, spooled.Bytes);
            return new SheetUpload { FileName = fileName, Faults = e.Faults, MoreFaults = e.More };
        }
        finally
        {
            _reads.Release();
        }
    }

    private async Task<SheetUpload> ReadAsync(Actor actor, Guid id, string fileName, SpooledSheet spooled, bool isPasted, CancellationToken cancellationToken)
    {
        if (spooled.Bytes == 0)
        {
            throw new SheetFaultException(null, "The file has no rows.");
        }

        var file = SheetFile.Recognise(spooled.File, fileName, isPasted);
        var survey = SheetSurvey.Of(file, _options.MaxSheetRows, cancellationToken);
        var sheet = new Sheet
        {
            Id = id,
            WorkspaceId = actor.WorkspaceId,
            FileName = fileName,
            Format = file.Format,
            Bytes = spooled.Bytes,
            Sha256 = spooled.Sha256,
            RowCount = survey.Rows,
            Columns = survey.Columns,
            Notices = survey.Notices,
            CreatedByName = actor.Name,
            CreatedAt = time.GetUtcNow(),
        };
        await store.AddAsync(sheet, file.Open().Rows(), cancellationToken);
        LogStored(id, survey.Rows, spooled.Bytes);
        return new SheetUpload { SheetId = id, FileName = fileName, Rows = survey.Rows };
    }

    [LoggerMessage(4001, LogLevel.Information, "Sheet {SheetId} stored: {Rows} rows of {Bytes} bytes")]
    private partial void LogStored(Guid sheetId, int rows, long bytes);

    [LoggerMessage(4002, LogLevel.Information, "A sheet was refused with {Faults} faults; it had {Bytes} bytes")]
    private partial void LogRefused(int faults, long bytes);
}
