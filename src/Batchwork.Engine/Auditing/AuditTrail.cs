using Batchwork.Engine.Persistence;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Engine.Auditing;

/// <summary>Adds entries to the audit log as part of what is being saved: either both happen or neither.</summary>
internal static class AuditTrail
{
    /// <summary>Longest text of one field; what is longer is cut. An entry says what was done, it is no copy of it.</summary>
    public const int LongestText = 500;

    /// <summary>Who did it when nobody did.</summary>
    public const string Engine = "Batchwork";

    /// <summary>Notes what a member did.</summary>
    /// <param name="context">The unit of work that is saved.</param>
    /// <param name="actor">Who.</param>
    /// <param name="at">When.</param>
    /// <param name="action">What, one of <see cref="AuditActions"/>.</param>
    /// <param name="subject">With what, for people.</param>
    /// <param name="subjectId">Its id.</param>
    /// <param name="before">How it was.</param>
    /// <param name="after">How it is now.</param>
    public static void Audit(
        this EngineDbContext context, Actor actor, DateTimeOffset at, string action, string subject, object? subjectId = null, string? before = null, string? after = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        Add(context, actor.WorkspaceId, new Person(actor.UserId, actor.Name, actor.Origin), at, action, subject, subjectId, before, after);
    }

    /// <summary>Notes what somebody did outside of a workspace, or to one they are not a member of.</summary>
    /// <param name="context">The unit of work that is saved.</param>
    /// <param name="person">Who; <see langword="null"/> for the engine itself.</param>
    /// <param name="workspaceId">The workspace it concerns, if one.</param>
    /// <param name="at">When.</param>
    /// <param name="action">What, one of <see cref="AuditActions"/>.</param>
    /// <param name="subject">With what, for people.</param>
    /// <param name="subjectId">Its id.</param>
    /// <param name="before">How it was.</param>
    /// <param name="after">How it is now.</param>
    public static void Audit(
        this EngineDbContext context,
        Person? person,
        Guid? workspaceId,
        DateTimeOffset at,
        string action,
        string subject,
        object? subjectId = null,
        string? before = null,
        string? after = null) => Add(context, workspaceId, person, at, action, subject, subjectId, before, after);

    internal static Person ToPerson(this Administrator administrator) => new(administrator.UserId, administrator.Name, administrator.Origin);

    private static void Add(
        EngineDbContext context, Guid? workspaceId, Person? person, DateTimeOffset at, string action, string subject, object? subjectId, string? before, string? after)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.AuditEntries.Add(new AuditEntry
        {
            Id = Guid.CreateVersion7(at),
            WorkspaceId = workspaceId,
            At = at,
            UserId = person?.UserId,
            By = Cut(person?.Name) ?? Engine,
            Action = action,
            Subject = Cut(subject) ?? string.Empty,
            SubjectId = subjectId?.ToString(),
            Before = Cut(before),
            After = Cut(after),
            Address = Cut(person?.Origin?.Address),
            Device = Cut(person?.Origin?.Device),
        });
    }

    private static string? Cut(string? text) => text is { Length: > LongestText } ? string.Concat(text.AsSpan(0, LongestText - 1), "…") : text;
}
