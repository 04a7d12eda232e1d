using System.Globalization;

namespace Batchwork.Engine.Costs;

/// <summary>A calendar month in UTC: the time for which budgets are. It ends on the first of the next at 00:00 UTC exactly.</summary>
/// <param name="First">Its first day.</param>
public readonly record struct BillingMonth(DateOnly First)
{
    private const string Form = "yyyy-MM";

    /// <summary>The first day of the next month.</summary>
    public DateOnly End => First.AddMonths(1);

    /// <summary>When budgets begin anew.</summary>
    public DateTimeOffset ResetsAt => new(End, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>The month before.</summary>
    public BillingMonth Previous => new(First.AddMonths(-1));

    /// <summary>The month after.</summary>
    public BillingMonth Next => new(End);

    /// <summary>The month of a moment.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>Its month in UTC.</returns>
    public static BillingMonth Of(DateTimeOffset moment) => Of(DateOnly.FromDateTime(moment.UtcDateTime));

    /// <summary>The month of a day.</summary>
    /// <param name="day">The day.</param>
    /// <returns>Its month.</returns>
    public static BillingMonth Of(DateOnly day) => new(new DateOnly(day.Year, day.Month, 1));

    /// <summary>Reads a month as addresses name it.</summary>
    /// <param name="text">For example <c>2026-11</c>.</param>
    /// <returns>The month; <see langword="null"/> when it is none, or too far away to be meant.</returns>
    public static BillingMonth? Parse(string? text) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year is > 2000 and < 9000
            ? new BillingMonth(first)
            : null;

    /// <summary>The month as addresses name it.</summary>
    /// <returns>For example <c>2026-11</c>.</returns>
    public override string ToString() => First.ToString(Form, CultureInfo.InvariantCulture);
}
