namespace Batchwork.Engine.Auditing;

/// <summary>Something that somebody did. Entries are only ever added: a trigger of the database refuses to change or remove one.</summary>
public sealed class AuditEntry
{
    public required Guid Id { get; init; }

    /// <summary>The workspace; <see langword="null"/> for what concerns the whole installation.</summary>
    public Guid? WorkspaceId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The person's id; <see langword="null"/> when the engine did it.</summary>
    public string? UserId { get; init; }

    /// <summary>The person's name at that time.</summary>
    public required string By { get; init; }

    /// <summary>What was done, one of <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>With what, for people: a job's name, an address.</summary>
    public required string Subject { get; init; }

    public string? SubjectId { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    /// <summary>The network address from which it was done.</summary>
    public string? Address { get; init; }

    /// <summary>Browser and system, in words.</summary>
    public string? Device { get; init; }
}
