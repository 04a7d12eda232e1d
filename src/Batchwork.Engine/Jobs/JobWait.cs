using System.Globalization;

namespace Batchwork.Engine.Jobs;

/// <summary>How long a part has been at its provider, measured by what this installation has seen of that provider.</summary>
/// <param name="Pending">Since the provider accepted it.</param>
/// <param name="Shorter">Finished parts of the same provider that took less.</param>
/// <param name="History">Finished parts of the same provider that were looked at.</param>
/// <param name="ProviderName">The provider's name for people.</param>
public sealed record JobWait(TimeSpan Pending, int Shorter, int History, string ProviderName)
{
    /// <summary>With fewer a percentage means nothing.</summary>
    public const int EnoughHistory = 10;

    /// <summary>From here on a wait is worth a word.</summary>
    private const int Unusual = 90;

    /// <summary>Whole percent of what was seen, rounded down; <see langword="null"/> with too little history.</summary>
    public int? Percent => History < EnoughHistory ? null : Shorter * 100 / History;

    /// <summary>Whether somebody should look.</summary>
    public bool IsUnusual => Percent >= Unusual;

    /// <summary>For people, for example "Pending 31 h — longer than 97 % of your Gemini jobs".</summary>
    public string Text => Percent is { } percent
        ? string.Create(CultureInfo.InvariantCulture, $"Pending {Span} — longer than {percent} % of your {ProviderName} jobs")
        : string.Create(CultureInfo.InvariantCulture, $"Pending {Span}");

    private string Span => Pending < TimeSpan.FromHours(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)Pending.TotalMinutes} min")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)Pending.TotalHours} h");
}
