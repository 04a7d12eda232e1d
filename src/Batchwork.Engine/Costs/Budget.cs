namespace Batchwork.Engine.Costs;

/// <summary>What a workspace, or one of its connections, may cost in a month.</summary>
public sealed class Budget
{
    /// <summary>What it is for: the id of the workspace or of the connection. One budget each.</summary>
    public required Guid SubjectId { get; init; }

    public required Guid WorkspaceId { get; init; }

    /// <summary>The connection it is for; <see langword="null"/> for the whole workspace.</summary>
    public Guid? ConnectionId { get; init; }

    /// <summary>Millionths of a US dollar a month.</summary>
    public required long MonthlyMicroUsd { get; set; }

    /// <summary>Who set it last.</summary>
    public required string SetByName { get; set; }

    public required DateTimeOffset SetAt { get; set; }
}
