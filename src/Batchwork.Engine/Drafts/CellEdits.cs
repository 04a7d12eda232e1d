using Batchwork.Engine.Drafts.Checking;
using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts;

/// <summary>Cells and defaults with one value changed.</summary>
internal static class CellEdits
{
    /// <summary>Cells with one of them changed.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="field">The field.</param>
    /// <param name="text">Its text; blank to remove it.</param>
    /// <returns>New cells.</returns>
    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> cells, string field, string? text)
    {
        var changed = new Dictionary<string, string>(cells, StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(text))
        {
            changed.Remove(field);
        }
        else
        {
            changed[field] = CellText.Clean(text, out _);
        }

        return changed;
    }

    /// <summary>The defaults with one field changed, read as a cell of that field would be.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="settings">Its settings for the check.</param>
    /// <param name="field">The field.</param>
    /// <param name="text">Its text.</param>
    /// <returns>New defaults.</returns>
    public static ImageDefaults WithDefault(Draft draft, CheckSettings settings, string field, string text)
    {
        var changed = DefaultsMapping.ToSettings(draft, settings.Provider);
        changed = field switch
        {
            SheetFields.N => changed with { N = (int?)RowText.WholeNumber(text) },
            SheetFields.Size => changed with { Size = text },
            SheetFields.AspectRatio => changed with { AspectRatio = text },
            SheetFields.Seed => changed with { Seed = RowText.WholeNumber(text) },
            _ => OptionFields.OptionOf(field) is { } option ? changed.WithOption(option, text) : changed,
        };
        return DefaultsMapping.ToDefaults(changed, settings.Provider, settings.Rules);
    }
}
