using Batchwork.Engine.Auditing;

namespace Batchwork.Engine.Jobs;

/// <summary>An entry of a job's timeline.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it happened.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="By">The person who did it, if one did.</param>
/// <param name="Text">What happened, for people.</param>
/// <param name="PartNumber">The part it is about, if it is about one.</param>
public sealed record ActivityItem(Guid Id, DateTimeOffset At, ActivityKind Kind, string? By, string Text, int? PartNumber);
