namespace Batchwork.Engine.Polling;

/// <summary>The right to work on one part. Whoever holds an older fence number is not listened to.</summary>
/// <param name="PartId">The part.</param>
/// <param name="Fence">The number of this lease.</param>
public sealed record PartLease(Guid PartId, long Fence);
