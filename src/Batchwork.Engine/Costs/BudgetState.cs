namespace Batchwork.Engine.Costs;

/// <summary>A budget and what has become of it this month.</summary>
public sealed record BudgetState
{
    private const int Whole = 100;
    private const int WarnAtPercent = 80;

    /// <summary>The connection it is for; <see langword="null"/> for the whole workspace.</summary>
    public Guid? ConnectionId { get; init; }

    /// <summary>What it is for, as people call it: the connection's label, or "This workspace".</summary>
    public required string Name { get; init; }

    /// <summary>The budget in millionths of a US dollar; <see langword="null"/> when there is none: then nothing is ever stopped.</summary>
    public long? LimitMicroUsd { get; init; }

    /// <summary>Charged this month, as far as it is known.</summary>
    public required long ChargedMicroUsd { get; init; }

    /// <summary>Rows of unknown cost this month.</summary>
    public required int UnknownRows { get; init; }

    /// <summary>The estimates of these rows: they count with them until their cost is known.</summary>
    public required long UnknownMicroUsd { get; init; }

    /// <summary>Estimates of rows that were submitted and are not settled.</summary>
    public required long HeldMicroUsd { get; init; }

    /// <summary>When it begins anew.</summary>
    public required DateTimeOffset ResetsAt { get; init; }

    /// <summary>What counts against the budget.</summary>
    public long UsedMicroUsd => ChargedMicroUsd + UnknownMicroUsd + HeldMicroUsd;

    /// <summary>What is left; never less than nothing.</summary>
    public long? LeftMicroUsd => LimitMicroUsd is { } limit ? Math.Max(0, limit - UsedMicroUsd) : null;

    /// <summary>Used percent, rounded down: 100 only when it is used up.</summary>
    public int? Percent => LimitMicroUsd is { } limit ? limit == 0 ? Whole : (int)Math.Min(int.MaxValue, (decimal)UsedMicroUsd * Whole / limit) : null;

    public BudgetLevel Level => Percent switch
    {
        null or < WarnAtPercent => BudgetLevel.Fine,
        < Whole => BudgetLevel.Near,
        _ => BudgetLevel.UsedUp,
    };
}
