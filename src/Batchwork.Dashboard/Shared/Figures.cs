using System.Globalization;
using Batchwork.Engine.Costs;

namespace Batchwork.Dashboard.Shared;

/// <summary>Numbers as people read them: in the reader's culture, with English words.</summary>
public static class Figures
{
    private const double Kibi = 1024;

    private static readonly string[] s_units = ["bytes", "KB", "MB", "GB", "TB"];

    /// <summary>A whole number, for example <c>4,871</c>.</summary>
    /// <param name="number">The number.</param>
    /// <returns>The text.</returns>
    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A number of things, for example <c>1 row</c> or <c>4,871 rows</c>.</summary>
    /// <param name="number">How many.</param>
    /// <param name="one">The word for one of them.</param>
    /// <param name="many">The word for several; without it an s is added.</param>
    /// <returns>The text.</returns>
    public static string Count(long number, string one, string? many = null) => $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>How long something takes, as precise as is of use: <c>24 s</c>, <c>52 min</c>, <c>1 h 10 min</c>, <c>3 days</c>.</summary>
    /// <param name="duration">The duration.</param>
    /// <returns>The text.</returns>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 60 } => $"{(int)Math.Max(duration.TotalSeconds, 0)} s",
        { TotalMinutes: < 60 } => $"{(int)duration.TotalMinutes} min",
        { TotalHours: < 48 } => duration.Minutes == 0 ? $"{(int)duration.TotalHours} h" : $"{(int)duration.TotalHours} h {duration.Minutes} min",
        _ => Count((int)duration.TotalDays, "day"),
    };

    /// <summary>A size, for example <c>1.4 MB</c>.</summary>
    /// <param name="bytes">Bytes.</param>
    /// <returns>The text.</returns>
    public static string Bytes(long bytes)
    {
        double size = bytes;
        var unit = 0;
        while (size >= Kibi && unit < s_units.Length - 1)
        {
            size /= Kibi;
            unit++;
        }

        return $"{size.ToString(unit == 0 || size >= 100 ? "N0" : "N1", CultureInfo.CurrentCulture)} {s_units[unit]}";
    }

    /// <summary>An amount of money, for example <c>$129.08</c>; small ones with as many digits as they need.</summary>
    /// <param name="microUsd">Millionths of a US dollar.</param>
    /// <returns>The text.</returns>
    public static string Usd(long microUsd)
    {
        var dollars = microUsd / 1_000_000m;
        return "$" + dollars.ToString(dollars is > 0 and < 0.1m ? "N4" : "N2", CultureInfo.CurrentCulture);
    }

    /// <summary>How much more or less something cost, for example <c>+$1.20</c> or <c>−$0.35</c>.</summary>
    /// <param name="microUsd">Millionths of a US dollar.</param>
    /// <returns>The text; without a sign when it is nothing.</returns>
    public static string UsdChange(long microUsd) => microUsd switch
    {
        > 0 => "+" + Usd(microUsd),
        < 0 => "\u2212" + Usd(-microUsd),
        _ => Usd(0),
    };

    /// <summary>What was charged, where some of it may not be known: what is unknown is said, never taken for nothing.</summary>
    /// <param name="sum">The sum.</param>
    /// <returns>For example <c>$12.40 and 3 rows of unknown cost</c>.</returns>
    public static string Charged(CostSum sum)
    {
        ArgumentNullException.ThrowIfNull(sum);
        return sum.UnknownRows == 0 ? Usd(sum.MicroUsd)
            : sum.UnknownRows == sum.Rows ? $"unknown ({Count(sum.Rows, "row")})"
            : $"{Usd(sum.MicroUsd)} and {Count(sum.UnknownRows, "row")} of unknown cost";
    }
}
