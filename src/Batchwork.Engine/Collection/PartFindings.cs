using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Polling;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Collection;

/// <summary>What people are told of a part whose results are all stored: how its rows ended, and what came that belongs to none. The figures are counted in the ledger.</summary>
internal static class PartFindings
{
    /// <summary>Lines and ids that are named one by one.</summary>
    private const int Named = 5;

    /// <summary>What is to be said first of the part; <see langword="null"/> when all is as it should be.</summary>
    /// <param name="work">The part, its rows ended.</param>
    /// <param name="provider">The provider's name for people.</param>
    /// <param name="end">Why its results cannot be had, for a part that is closed without them.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static async Task<string?> HeadlineAsync(PartInWork work, string provider, string? end, CancellationToken cancellationToken)
    {
        var part = work.Part;
        var rows = await work.Context.JobRows
            .Where(r => r.PartId == part.Id)
            .CountByAsync(r => r.State, cancellationToken);
        var all = rows.Values.Sum();
        var (expired, cancelled, missing) = (Of(RowState.Expired), Of(RowState.Cancelled), Of(RowState.Missing));
        return part.ProviderStatus switch
        {
            _ when end is not null => Text($"{end} {missing:N0} of {all:N0} rows got no answer; they can be run again."),
            BatchStatus.Expired => Text($"Expired: {all - expired:N0} done, {expired:N0} not run. {provider} charges only finished ones."),
            BatchStatus.Cancelled => Text($"Cancelled: {all - cancelled:N0} done and charged, {cancelled:N0} not run and not charged."),
            _ when all > 0 && Of(RowState.Failed) + Of(RowState.Refused) == all => await AllFailedAsync(work, all, cancellationToken),
            _ when missing > 0 => Text($"{missing:N0} of {all:N0} got no answer. {(missing == 1 ? "It" : "They")} can be run again."),
            _ => null,
        };

        int Of(RowState state) => rows.GetValueOrDefault(state);
    }

    /// <summary>Notes what is odd about the results.</summary>
    /// <param name="work">The part, its rows ended.</param>
    /// <param name="provider">The provider's name for people.</param>
    /// <param name="answered">Rows that have an answer.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static async Task NoteOddAsync(PartInWork work, string provider, int answered, CancellationToken cancellationToken)
    {
        if (await CountsAsync(work, provider, answered, cancellationToken) is { } counts)
        {
            work.Note(ActivityKind.Problem, counts);
        }

        var unmatched = work.Context.UnmatchedResults.Where(u => u.PartId == work.Part.Id);
        foreach (var (kind, count) in await unmatched.CountByAsync(u => u.Kind, cancellationToken))
        {
            var first = await unmatched.Where(u => u.Kind == kind).OrderBy(u => u.Place.Length).ThenBy(u => u.Place).Take(Named).Select(u => new { u.CustomId, u.Place }).ToListAsync(cancellationToken);
            var rest = count > first.Count ? ", …" : null;
            work.Note(ActivityKind.Problem, kind switch
            {
                UnmatchedKind.Unreadable => Text(
                    $"{count:N0} {(count == 1 ? "line" : "lines")} could not be read ({(count == 1 ? "line" : "lines")} {string.Join(", ", first.Select(u => LineOf(u.Place)))}{rest}). What came is kept under Problems."),
                UnmatchedKind.Extra when count == 1 => $"2 answers arrived for “{first[0].CustomId}”; the second is kept under Problems, as an extra.",
                UnmatchedKind.Extra => Text(
                    $"{count:N0} answers too many arrived ({string.Join(", ", first.Select(u => $"“{u.CustomId}”"))}{rest}); the first of each row counts, the others are kept under Problems, as extras."),
                UnmatchedKind.UnknownId => Text($"{count:N0} {(count == 1 ? "result matches" : "results match")} no request. {(count == 1 ? "It is" : "They are")} kept under Problems."),
                _ => Text($"{count:N0} {(count == 1 ? "answer brought a picture that is damaged or none" : "answers brought pictures that are damaged or none")}. The raw data can be downloaded under Problems."),
            });
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // "output:812"
    private static string LineOf(string place) => place[(place.LastIndexOf(':') + 1)..];

    private static async Task<string> AllFailedAsync(PartInWork work, int all, CancellationToken cancellationToken)
    {
        var common = await work.Context.JobRows
            .Where(r => r.PartId == work.Part.Id)
            .GroupBy(r => r.ErrorMessage)
            .OrderByDescending(g => g.Count())
            .Select(g => g.Key)
            .FirstAsync(cancellationToken);
        var words = Sentence.Of(common ?? "The provider gave no reason.");
        return all == 1 ? $"The only request failed: {words}" : Text($"All {all:N0} requests failed. Most common: {words}");
    }

    /// <summary>Where the provider's counters say something else than the results. Ours count.</summary>
    private static async Task<string?> CountsAsync(PartInWork work, string provider, int answered, CancellationToken cancellationToken)
    {
        var part = work.Part;
        if (part.ProviderStatus != BatchStatus.Completed || part.ProviderTotal == 0)
        {
            return null;
        }

        if (part.ProviderTotal == part.RequestCount)
        {
            var counted = part.ProviderCompleted + part.ProviderFailed;
            return counted == answered ? null : TornFile.Describe(part) ?? Text($"{provider} counts {counted:N0} answers, we have {answered:N0}. Ours count.");
        }

        // Where each picture is a request of its own (Google) the provider's counters have that scale.
        var pictures = await work.Context.JobRows.Where(r => r.PartId == part.Id).SumAsync(r => r.RequestedImages, cancellationToken);
        return part.ProviderTotal == pictures ? null : Text($"{provider} counts {part.ProviderTotal:N0} requests, we sent {part.RequestCount:N0}. Ours count.");
    }
}
