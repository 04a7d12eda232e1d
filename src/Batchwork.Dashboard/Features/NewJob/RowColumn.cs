using System.Globalization;
using System.Text.Json;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Drafts.Checking;
using Batchwork.Engine.Sheets;

namespace Batchwork.Dashboard.Features.NewJob;

/// <summary>A column of the table of effective requests.</summary>
/// <param name="Field">The field it shows.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Width">Its width in pixels; the prompt's is its least.</param>
/// <param name="Unset">What the provider takes when nothing is sent, if that is known.</param>
public sealed record RowColumn(string Field, string Title, int Width, string? Unset = null)
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
            new(SheetFields.CustomId, "Id", 140),
            new(SheetFields.Prompt, "Prompt", 240),
            new(SheetFields.N, "Images", 72),
        };
        Add(SheetFields.Size, "Size", 104, rules is null || rules.Sizes.Count > 0 || rules.FreeSize is not null, rules is { Sizes: [var size, ..] } ? size : null);
        Add(SheetFields.AspectRatio, "Aspect ratio", 104, rules is { AspectRatios.Count: > 0 }, null);
        Add(SheetFields.Quality, "Quality", 88, Option("quality") is not null, First("quality"));
        Add(SheetFields.Format, "Format", 80, Option("outputFormat") is not null, First("outputFormat"));
        Add(SheetFields.Seed, "Seed", 96, rules is { TakesSeed: true }, null);
        columns.AddRange(brought.Where(f => f.StartsWith("option:", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(f => new RowColumn(f, OptionFields.OptionOf(f)!, 120, First(OptionFields.OptionOf(f)!))));
        Add(SheetFields.Options, "Options", 160, false, null);
        return columns;

        void Add(string field, string title, int width, bool isTaken, string? unset)
        {
            if (isTaken || brought.Contains(field))
            {
                columns.Add(new RowColumn(field, title, width, unset));
            }
        }

        OptionRule? Option(string name) => rules?.Options.FirstOrDefault(o => o.Name == name);

        string? First(string name) => Option(name) is { Values: [var first, ..] } ? first : null;
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
            SheetFields.Size => (request.Size.Value?.Replace('x', '×') ?? Unset ?? "", request.Size.Origin),
            SheetFields.AspectRatio => (request.AspectRatio.Value ?? "", request.AspectRatio.Origin),
            SheetFields.Seed => (request.Seed.IsSent ? request.Seed.Value.ToString(CultureInfo.InvariantCulture) : "", request.Seed.Origin),
            SheetFields.Options => (raw ?? "", ValueOrigin.Row),
            _ => OptionFields.OptionOf(Field) is { } option && OptionPath.Find(request, option) is { } value
                ? (value.Value is { } node && node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : value.Value?.ToJsonString() ?? "", value.Origin)
                : (Unset ?? "", ValueOrigin.Provider),
        };
    }
}
