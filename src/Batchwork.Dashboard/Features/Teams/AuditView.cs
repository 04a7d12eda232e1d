using System.Globalization;
using Batchwork.Engine.Auditing;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>What the audit page's address asks for. The file is asked for in the same words.</summary>
/// <param name="Search">Who or with what.</param>
/// <param name="Thing">Kind of thing.</param>
/// <param name="From">First day, <c>2026-11-28</c>, in UTC.</param>
/// <param name="Until">Last day.</param>
internal sealed record AuditView(string? Search, string? Thing, string? From, string? Until)
{
    public AuditFilter ToFilter(int offset = 0, int count = 0) => new()
    {
        Search = Search,
        Thing = AuditActions.Things.Contains(Thing) ? Thing : null,
        From = Day(From) is { } from ? new DateTimeOffset(from, TimeOnly.MinValue, TimeSpan.Zero) : null,
        Until = Day(Until) is { } until && until < DateOnly.MaxValue ? new DateTimeOffset(until.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : null,
        Offset = offset,
        Count = count,
    };

    public Dictionary<string, object?> ToQuery() => new()
    {
        ["q"] = string.IsNullOrWhiteSpace(Search) ? null : Search,
        ["thing"] = AuditActions.Things.Contains(Thing) ? Thing : null,
        ["from"] = Day(From) is null ? null : From,
        ["until"] = Day(Until) is null ? null : Until,
    };

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
