using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Polling;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Submission;

/// <summary>
/// A provider's refusal of a whole batch, before anything ran: in words, and on the rows. Where the provider names a line, only its row needs a change; the
/// others were turned away with it and can be run again as they are.
/// </summary>
/// <param name="Message">What happened, for people.</param>
/// <param name="Code">The provider's code.</param>
/// <param name="RowId">The row the provider names; <see langword="null"/> when it names none.</param>
/// <param name="Line">The line of the upload at which it stood.</param>
internal sealed record Refusal(string Message, string? Code, Guid? RowId, int? Line)
{
    /// <summary>The model does not exist, or not for this key: OpenAI's code, as in https://platform.openai.com/docs/guides/error-codes.</summary>
    private const string NoSuchModel = "model_not_found";

    /// <summary>Puts a refusal into words.</summary>
    /// <param name="work">The part.</param>
    /// <param name="provider">The provider's name for people.</param>
    /// <param name="error">What the provider says, if anything.</param>
    /// <param name="fallback">What to say when it says nothing.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The refusal.</returns>
    public static async Task<Refusal> OfAsync(PartInWork work, string provider, BatchError? error, string fallback, CancellationToken cancellationToken)
    {
        if (error?.Code == NoSuchModel)
        {
            return new Refusal(
                $"{work.Job.Model} is not offered any more by {provider}, or not to this key. Choose another model. Nothing was charged.", error.Code, null, null);
        }

        var words = Sentence.Of(error?.Message is { Length: > 0 } said ? said : fallback);
        if (error?.Line is not { } line)
        {
            return new Refusal($"{provider} rejected the batch: {words} Nothing was charged.", error?.Code, null, null);
        }

        var row = await RowAtAsync(work, line, cancellationToken);
        var which = row is null
            ? string.Create(CultureInfo.InvariantCulture, $"line {line}")
            : string.Create(CultureInfo.InvariantCulture, $"line {line} (row {row.Number}, “{row.CustomId}”)");
        return new Refusal($"{provider} rejected {which}: {words} Nothing was charged.", error.Code, row?.Id, line);
    }

    /// <summary>Explains the part's waiting rows with it and closes the part.</summary>
    /// <param name="work">The part.</param>
    /// <param name="provider">The provider's name for people.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public async Task ApplyAsync(PartInWork work, string provider, CancellationToken cancellationToken)
    {
        if (RowId is { } id)
        {
            await AttemptOutcomes.EndRowsAsync(work, r => r.Id == id, ResultOutcome.Invalid, Code, Message, cancellationToken);
            await AttemptOutcomes.EndRowsAsync(
                work,
                _ => true,
                ResultOutcome.Transient,
                Code,
                string.Create(CultureInfo.InvariantCulture, $"Not run: {provider} rejected the whole batch for line {Line}. Nothing was charged; it can be run again without that row."),
                cancellationToken);
        }
        else
        {
            await AttemptOutcomes.EndRowsAsync(work, _ => true, ResultOutcome.Invalid, Code, Message, cancellationToken);
        }

        work.Note(ActivityKind.Problem, Message);
        work.MoveTo(PartState.Closed, Message);
    }

    // Requests are sent in the order of the sheet, one a line, for the provider that counts lines (OpenAI).
    private static Task<NamedRow?> RowAtAsync(PartInWork work, int line, CancellationToken cancellationToken) => line < 1
        ? Task.FromResult<NamedRow?>(null)
        : work.Context.JobRows
            .Where(r => r.PartId == work.Part.Id)
            .OrderBy(r => r.Index)
            .Skip(line - 1)
            .Select(r => new NamedRow(r.Id, r.Number, r.CustomId))
            .FirstOrDefaultAsync(cancellationToken);

    private sealed record NamedRow(Guid Id, int Number, string CustomId);
}
