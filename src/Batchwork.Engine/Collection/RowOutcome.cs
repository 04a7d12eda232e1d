using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;

namespace Batchwork.Engine.Collection;

/// <summary>What a result means for its row, its pictures, and for what belongs to no row.</summary>
internal sealed class RowOutcome
{
    private const int MostRawCharacters = 64 * 1024;
    private const string RawIsKept = "The raw data can be downloaded under Problems.";

    private readonly BatchResult _result;
    private readonly UnmatchedKind? _kind;
    private readonly IReadOnlyList<ReceivedPicture> _pictures;

    private RowOutcome(CollectedResult collected)
    {
        _result = collected.Result;
        _pictures = collected.Pictures;
        var damaged = _pictures.Count(p => !IsGood(p));
        _kind = collected.Match.Unmatched ?? (damaged > 0 ? UnmatchedKind.Damaged : _result.Outcome == ResultOutcome.Unreadable ? UnmatchedKind.Unreadable : null);
        Row = collected.Match.Unmatched is null ? collected.Match.Row : null;
        SecondAnswerTo = collected.Match.Unmatched == UnmatchedKind.Extra ? collected.Match.Row : null;
    }

    /// <summary>The row it answers; <see langword="null"/> when it answers none.</summary>
    public MatchedRow? Row { get; }

    /// <summary>The row that has an answer already; <see langword="null"/> when this is its first, or belongs to none.</summary>
    public MatchedRow? SecondAnswerTo { get; }

    /// <summary>What tells its pictures apart; empty when it brought none.</summary>
    public IEnumerable<string> Hashes => _pictures.Select(p => p.Sha256);

    public ResultOutcome Outcome => _result.Outcome;

    /// <summary>What the provider says was used.</summary>
    public BatchUsage? Usage => _result.Usage;

    public ResultPosition Position => _result.Position;

    private IEnumerable<ReceivedPicture> Good => _pictures.Where(IsGood);

    public static RowOutcome Of(CollectedResult collected) => new(collected);

    /// <summary>Writes the answer into its row.</summary>
    public void ApplyTo(JobRow row, DateTimeOffset now)
    {
        var stored = Good.Count();
        row.StoredImages = stored;
        row.State = State(stored, row.RequestedImages);
        row.Outcome = stored == 0 && _result.Outcome == ResultOutcome.Succeeded ? ResultOutcome.NoImage : _result.Outcome;
        row.ErrorCode = _result.Error?.Code;
        row.ErrorMessage = Message(stored, row.RequestedImages);
        row.RevisedPrompt = _result.Images.Select(i => i.RevisedPrompt).FirstOrDefault(p => !string.IsNullOrEmpty(p));
        row.Usage = _result.Usage;
        row.AnsweredAt = now;
    }

    /// <summary>The pictures that are stored under the row.</summary>
    public IEnumerable<StoredImage> Images(PartInWork work) => Good.Select((picture, index) => new StoredImage
    {
        Id = Guid.CreateVersion7(work.Now),
        WorkspaceId = work.Job.WorkspaceId,
        JobId = work.Job.Id,
        RowId = Row!.Id,
        RowIndex = Row.Index,
        TryNumber = Row.TryNumber,
        Index = index,
        Sha256 = picture.Sha256,
        MediaType = picture.MediaType,
        AnnouncedMediaType = Announced(picture) is { } announced && announced != picture.MediaType ? announced : null,
        Bytes = picture.Length,
        Crc32 = picture.Crc32,
        Width = picture.Header?.Width ?? 0,
        Height = picture.Header?.Height ?? 0,
        StoredAt = work.Now,
    });

    /// <summary>What is kept beside the ledger: answers of no row, second answers, damaged pictures.</summary>
    public UnmatchedResult? Unmatched(PartInWork work) => _kind is not { } kind ? null : new UnmatchedResult
    {
        Id = Guid.CreateVersion7(work.Now),
        WorkspaceId = work.Job.WorkspaceId,
        JobId = work.Job.Id,
        PartId = work.Part.Id,
        Kind = kind,
        CustomId = _result.CustomId,
        Place = string.Create(CultureInfo.InvariantCulture, $"{Position.Source}:{Position.Line}"),
        Raw = Raw(),
        Images = [.. _pictures.Where(p => kind != UnmatchedKind.Damaged || !IsGood(p)).Select(p => p.Sha256 + MediaTypes.Extension(p.MediaType))],
        At = work.Now,
    };

    private RowState State(int stored, int requested) => _result.Outcome switch
    {
        _ when stored >= requested => RowState.Stored,
        _ when stored > 0 => RowState.Partial,
        ResultOutcome.Refused => RowState.Refused,
        ResultOutcome.Expired => RowState.Expired,
        ResultOutcome.Cancelled => RowState.Cancelled,
        _ => RowState.Failed,
    };

    private string? Message(int stored, int requested)
    {
        if (stored >= requested)
        {
            return null;
        }

        if (stored > 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{stored} of {requested} images came back.");
        }

        return _pictures.Count > 0 ? Fault(_pictures[0])
            : _result.Outcome == ResultOutcome.Unreadable ? Unreadable()
            : _result.Error?.Message is { Length: > 0 } message ? _result.Outcome == ResultOutcome.Refused ? $"Refused by the provider: {message}" : message
            : _result.Outcome switch
            {
                ResultOutcome.NoImage or ResultOutcome.Succeeded => _result.Text is { Length: > 0 } text ? $"The model answered with text instead of a picture: {text}" : "The provider answered without a picture.",
                ResultOutcome.Refused => "Refused by the provider: no reason was given.",
                ResultOutcome.Expired => "The provider's time ran out before this row was done. Not charged.",
                ResultOutcome.Cancelled => "Cancelled before this row was done. Not charged.",
                _ => "The provider gave no reason.",
            };
    }

    private string Unreadable()
    {
        var why = _result.Error?.Message is { Length: > 0 } message ? $" {Sentence.Of(message)}" : null;
        return $"The provider's answer could not be read.{why} What came is kept under Problems.";
    }

    private string? Raw()
    {
        var raw = _result.Raw?.GetRawText();
        return raw is { Length: > MostRawCharacters } ? raw[..MostRawCharacters] : raw;
    }

    private static bool IsGood(ReceivedPicture picture) => picture is { Header: not null, IsWhole: true };

    /// <summary>Why a picture cannot be shown, for people.</summary>
    private string Fault(ReceivedPicture picture) =>
        picture.Length == 0 ? "The image was empty."
        : MediaTypes.IsShown(picture.MediaType) || _result.Images.Any(i => i.Content == picture && i.Problem == ImageProblem.Damaged) ? $"The image data is damaged. {RawIsKept}"
        : $"Got {What(_result.Images.FirstOrDefault(i => i.Content == picture)?.MediaType)} instead of an image. {RawIsKept}";

    private string? Announced(ReceivedPicture picture) => _result.Images.FirstOrDefault(i => i.Content == picture)?.AnnouncedMediaType;

    private static string What(string? mediaType) => mediaType switch
    {
        "text/html" => "a web page",
        "application/json" => "JSON",
        "application/pdf" => "a PDF document",
        "image/svg+xml" => "an SVG drawing",
        _ => "something else",
    };
}
