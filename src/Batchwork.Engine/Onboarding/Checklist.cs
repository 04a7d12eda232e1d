namespace Batchwork.Engine.Onboarding;

/// <summary>The first steps of a workspace, for those who administer it.</summary>
public sealed record Checklist
{
    /// <summary>Whether an account at a provider is connected that was seen to work.</summary>
    public required bool HasConnection { get; init; }

    /// <summary>Whether somebody else is here or invited.</summary>
    public required bool HasColleague { get; init; }

    /// <summary>Whether there is a budget.</summary>
    public required bool HasBudget { get; init; }

    /// <summary>What the demo left.</summary>
    public required DemoData Demo { get; init; }

    /// <summary>Steps that are done, of all.</summary>
    public int Done => (HasConnection ? 1 : 0) + (HasColleague ? 1 : 0) + (HasBudget ? 1 : 0) + (Demo.IsEmpty ? 1 : 0);

    /// <summary>How many steps there are.</summary>
    public static int Steps => 4;
}
