using System.Globalization;

namespace Batchwork.Dashboard.Features.NewJob;

/// <summary>Amounts in US dollars, in the reader's numbers.</summary>
internal static class Money
{
    private const decimal Micro = 1_000_000m;

    /// <summary>A sum, to the cent; less than a cent is said so, never rounded to nothing.</summary>
    /// <param name="microUsd">Millionths of a dollar.</param>
    /// <returns>For example <c>$129.08</c>.</returns>
    public static string Sum(long microUsd) =>
        microUsd is > 0 and < 5_000 ? $"less than ${0.01m.ToString("N2", CultureInfo.CurrentCulture)}" : $"${(microUsd / Micro).ToString("N2", CultureInfo.CurrentCulture)}";

    /// <summary>The price of one image, as exact as it is known.</summary>
    /// <param name="microUsd">Millionths of a dollar.</param>
    /// <returns>For example <c>$0.0265</c>.</returns>
    public static string Price(long microUsd) => $"${(microUsd / Micro).ToString("0.00####", CultureInfo.CurrentCulture)}";
}
