using System.Globalization;
using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts;

/// <summary>Makes ids that no row of a sheet has.</summary>
internal sealed class UniqueIds
{
    private const int MaxLength = 64;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Notes the id a row has, or would be given.</summary>
    /// <param name="row">The row.</param>
    public void Take(SheetRow row) => _taken.Add(IdOf(row));

    /// <summary>An id for a row whose own is taken.</summary>
    /// <param name="row">The row.</param>
    /// <returns>Its id with the lowest free number.</returns>
    public string Next(SheetRow row)
    {
        var id = IdOf(row);
        for (var number = 2; ; number++)
        {
            var ending = string.Create(CultureInfo.InvariantCulture, $"-{number}");
            var candidate = id[..Math.Min(id.Length, MaxLength - ending.Length)] + ending;
            if (_taken.Add(candidate))
            {
                return candidate;
            }
        }
    }

    private static string IdOf(SheetRow row) =>
        row.Cells.TryGetValue(SheetFields.CustomId, out var id) ? id.Trim() : string.Create(CultureInfo.InvariantCulture, $"request-{row.Index}");
}
