using System.Globalization;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Drafts.Checking;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.NewJob;

/// <summary>The fields of a draft's settings, opened, closed and explained by the rules of the chosen model.</summary>
public sealed partial class SettingsForm
{
    private const int UsualMaxN = 10;
    private bool _otherSize;

    [Parameter, EditorRequired]
    public required DraftView View { get; set; }

    /// <summary>Tells a change as what it does to the settings: applied to the newest ones, it cannot undo another that is still being saved.</summary>
    [Parameter]
    public EventCallback<Func<DraftSettings, DraftSettings>> Changed { get; set; }

    private DraftSettings Settings => View.Settings;

    private string ModelName => View.Rules?.DisplayName ?? Settings.Model ?? "The model";

    private string MaxN => (View.Rules?.MaxN ?? UsualMaxN).ToString(CultureInfo.InvariantCulture);

    private bool TakesSize => View.Rules is null or { Sizes.Count: > 0 } or { FreeSize: not null };

    private bool TakesRatio => View.Rules is null or { AspectRatios.Count: > 0 };

    private bool TakesSeed => View.Rules is null or { TakesSeed: true };

    private IEnumerable<(string, string)> ConnectionChoices =>
        View.Connections.Select(c => (c.Id.ToString(), c.IsDemo ? c.Label : $"{c.ProviderName} – {c.Label}"));

    private IEnumerable<(string, string)> ModelChoices => View.Models.Select(m => (m.Id, m.DisplayName));

    private IEnumerable<(string, string)> SizeChoices => (View.Rules?.Sizes ?? []).Select(s => (s, s.Replace('x', '×')));

    private IEnumerable<(string, string)> RatioChoices => (View.Rules?.AspectRatios ?? []).Select(r => (r, r));

    private string SizeUnset => View.Rules is { Sizes: [var first, ..] } ? $"Provider's default ({first})" : "Provider's default";

    private string? ConnectionHint => View.Connection?.PausedReason is { } reason ? $"Nothing is sent over it now: {reason}" : null;

    private string? ModelHint => View.Rules?.ShutDownOn is { } day ? string.Create(CultureInfo.CurrentCulture, $"The provider shuts it down on {day:D}.")
        : View.Rules is { Batch: null } ? "Batches are not confirmed for this model." : null;

    private string FreeSizeHint => View.Rules?.FreeSize is { } rule
        ? $"Width × height in steps of {rule.MultipleOf}, up to {rule.MaxLongEdge}×{rule.MaxShortEdge}, at most {rule.MaxRatio.ToString(CultureInfo.CurrentCulture)} : 1"
        : "";

    private List<OptionRule> OtherOptions => OptionPath.Fields(View.Rules).Where(o => o.Name is not ("quality" or "outputFormat")).ToList();

    protected override void OnParametersSet()
    {
        // A size that no name stands for was entered by hand.
        _otherSize |= TakesSize && View.Rules?.FreeSize is not null && Settings.Size is { } size && !View.Rules.Sizes.Contains(size);
    }

    private OptionRule? Rule(string option) => View.Rules?.Options.FirstOrDefault(o => o.Name == option);

    private bool Takes(string option) => View.Rules is null || Rule(option) is not null;

    private IEnumerable<(string, string)> OptionChoices(string option) => Rule(option) switch
    {
        { Kind: OptionKind.Flag } => [("true", "yes"), ("false", "no")],
        { } rule => rule.Values.Select(v => (v, v)),
        null => [],
    };

    private string OptionUnset(string option) => Rule(option) is { Values: [var first, ..] } ? $"Provider's default ({first})" : "Provider's default";

    private string? OptionHint(string option) => Takes(option) ? null : $"{ModelName} does not take it.";

    private static bool IsNumber(OptionRule option) => option.Kind is OptionKind.WholeNumber or OptionKind.Number || option.Minimum is not null || option.Maximum is not null;

    private static string? RangeHint(OptionRule option) => (option.Minimum, option.Maximum) switch
    {
        ({ } low, { } high) => string.Create(CultureInfo.CurrentCulture, $"{low} to {high}"),
        ({ } low, null) => string.Create(CultureInfo.CurrentCulture, $"at least {low}"),
        _ => null,
    };

    /// <summary>An option's name as words: <c>outputCompression</c> → <c>Output compression</c>, <c>thinkingConfig.thinkingLevel</c> → <c>Thinking level</c>.</summary>
    private static string Words(string path)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        var words = string.Concat(name.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string? Text<T>(T? value)
        where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture);

    private Task SetAsync(Func<DraftSettings, DraftSettings> change) => Changed.InvokeAsync(change);

    private Task SetConnectionAsync(string? id)
    {
        var connection = View.Connections.FirstOrDefault(c => c.Id.ToString() == id);

        // Another provider has other models; its first one is chosen with it.
        var keepsModel = connection?.Provider == View.Connection?.Provider;
        return SetAsync(s => s with { ConnectionId = connection?.Id, Model = keepsModel ? s.Model : null });
    }

    private Task SetNAsync(string? text)
    {
        int? n = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
        return SetAsync(s => s with { N = n });
    }

    private Task SetSeedAsync(string? text)
    {
        long? seed = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return SetAsync(s => s with { Seed = seed });
    }

    private Task SetSizeAsync(string? size)
    {
        _otherSize = size == ChoiceField.Other;
        return _otherSize ? Task.CompletedTask : SetAsync(s => s with { Size = size });
    }

    private Task SetOtherSizeAsync(string? size) => SetAsync(s => s with { Size = size });

    private Task SetOptionAsync(string option, string? text) => SetAsync(s => s.WithOption(option, text));
}
