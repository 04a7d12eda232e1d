using System.Globalization;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Engine.Polling;

/// <summary>A part, its job and the open transaction around them.</summary>
/// <param name="Context">The context of the transaction.</param>
/// <param name="Part">The part.</param>
/// <param name="Job">Its job.</param>
/// <param name="Time">The clock.</param>
public sealed record PartInWork(EngineDbContext Context, JobPart Part, Job Job, TimeProvider Time)
{
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Other jobs that the transaction changes; open pages are told of them too.</summary>
    public HashSet<Guid> AlsoChanged { get; } = [];

    /// <summary>Adds an entry to the job's timeline.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="text">What happened, for people.</param>
    /// <param name="by">The person who did it, if one did.</param>
    public void Note(ActivityKind kind, string text, string? by = null) => Context.Activities.Add(new Activity
    {
        Id = Guid.CreateVersion7(Now),
        WorkspaceId = Job.WorkspaceId,
        JobId = Job.Id,
        PartId = Part.Id,
        At = Now,
        Kind = kind,
        By = by,
        Text = text,
    });

    /// <summary>Adds an entry to the audit log.</summary>
    /// <param name="actor">Who did it.</param>
    /// <param name="action">What, one of <see cref="AuditActions"/>.</param>
    /// <param name="after">What is different since.</param>
    internal void Audit(Actor actor, string action, string? after = null) =>
        Context.Audit(actor, Now, action, string.Create(CultureInfo.InvariantCulture, $"{Job.Name}, part {Part.Number}"), Part.Id, after: after);

    /// <summary>Leaves the part as it is, with which nothing is wrong, and says when to look again and why.</summary>
    /// <param name="wait">How long from now.</param>
    /// <param name="reason">Why, for people.</param>
    public void Wait(TimeSpan wait, string reason)
    {
        LookAgainIn(wait, reason);
        Part.Checks = 0;
    }

    /// <summary>Leaves the part as it is, counts the try as one that did not help, and says when to look again and why.</summary>
    /// <param name="wait">How long from now.</param>
    /// <param name="reason">Why, for people.</param>
    public void LookAgainIn(TimeSpan wait, string reason)
    {
        Part.Checks++;
        Part.NextCheckAt = Now + wait;
        Part.Reason = reason;
    }

    /// <summary>Moves the part on; the next step is due at once.</summary>
    /// <param name="state">Where to.</param>
    /// <param name="reason">What it does there, for people.</param>
    public void MoveTo(PartState state, string reason)
    {
        Part.State = state;
        Part.Checks = 0;
        Part.NextCheckAt = state is PartState.Closed or PartState.Held ? null : Now;
        Part.Reason = reason;
    }
}
