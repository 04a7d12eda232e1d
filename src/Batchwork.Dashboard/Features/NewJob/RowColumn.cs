using System.Globalization;
using System.Text.Json;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Drafts.Checking;
using Batchwork.Engine.Sheets;

namespace Batchwork.Dashboard.Features.NewJob;

/// <summary>A column of the table of effective requests.</summary>
/// <param name="Field">The field it shows.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Width">Its width as CSS.</param>
public sealed record RowColumn(string Field, string Title, string Width)
{
    /// <summary>The columns that matter for a draft: what the model takes, and what the sheet brings.</summary>
    /// <param name="view">The draft.</param>
    /// <returns>The columns in order.</returns>
    public static IReadOnlyList<RowColumn> Of(DraftView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var rules = view.Rules;
        var brought = view.Sheet.Columns.Select(c => c.Field).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var columns = new List<RowColumn>
        {
            new(SheetFields.CustomId, "Id", "140px"),
            new(SheetFields.Prompt, "Prompt", "minmax(240px, 1fr)"),
            new(SheetFields.N, "Images", "72px"),
        };
        Add(SheetFields.Size, "Size", "112px", rules is null || rules.Sizes.Count > 0 || rules.FreeSize is not null);
        Add(SheetFields.AspectRatio, "Aspect ratio", "104px", rules is { AspectRatios.Count: > 0 });
        Add(SheetFields.Quality, "Quality", "96px", rules?.Options.Any(o => o.Name == "quality") ?? false);
        Add(SheetFields.Format, "Format", "84px", rules?.Options.Any(o => o.Name == "outputFormat") ?? false);
        Add(SheetFields.Seed, "Seed", "96px", rules is { TakesSeed: true });
        columns.AddRange(brought.Where(f => f.StartsWith("option:", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(f => new RowColumn(f, OptionFields.OptionOf(f)!, "120px")));
        Add(SheetFields.Options, "Options", "160px", false);
        return columns;

        void Add(string field, string title, string width, bool isTaken)
        {
            if (isTaken || brought.Contains(field))
            {
                columns.Add(new RowColumn(field, title, width));
            }
        }
    }

    /// <summary>The value a row would send, or what stands in the sheet where that cannot be read.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The text and where it comes from.</returns>
    public (string Text, ValueOrigin Origin) ValueOf(DraftRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var raw = row.Cells.GetValueOrDefault(Field);
        if (raw is not null && row.Problems.Any(p => p.Field == Field))
        {
            return (raw, ValueOrigin.Row);
        }

        var request = row.Request;
        return Field switch
        {
            SheetFields.CustomId => (request.CustomId, raw is null ? ValueOrigin.Client : ValueOrigin.Row),
            SheetFields.Prompt => (request.Prompt, ValueOrigin.Row),
            SheetFields.N => (request.N.Value.ToString(CultureInfo.CurrentCulture), request.N.Origin),
            SheetFields.Size => (request.Size.Value?.Replace('x', '×') ?? "", request.Size.Origin),
            SheetFields.AspectRatio => (request.AspectRatio.Value ?? "", request.AspectRatio.Origin),
            SheetFields.Seed => (request.Seed.IsSent ? request.Seed.Value.ToString(CultureInfo.InvariantCulture) : "", request.Seed.Origin),
            SheetFields.Options => (raw ?? "", ValueOrigin.Row),
            _ => OptionFields.OptionOf(Field) is { } option && request.Options.TryGetValue(option, out var value)
                ? (value.Value is { } node && node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : value.Value?.ToJsonString() ?? "", value.Origin)
                : ("", ValueOrigin.Provider),
        };
    }
}
