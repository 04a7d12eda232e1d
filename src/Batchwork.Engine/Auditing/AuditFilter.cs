namespace Batchwork.Engine.Auditing;

/// <summary>Which entries of the audit log.</summary>
public sealed record AuditFilter
{
    /// <summary>Only what was done with one kind of thing, one of <see cref="AuditActions.Things"/>.</summary>
    public string? Thing { get; init; }

    /// <summary>Only entries in which who or with what contains this.</summary>
    public string? Search { get; init; }

    /// <summary>Only entries from this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only entries before this moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Entries to leave out before the first.</summary>
    public int Offset { get; init; }

    /// <summary>Entries to read, at most 200.</summary>
    public int Count { get; init; } = 50;
}
