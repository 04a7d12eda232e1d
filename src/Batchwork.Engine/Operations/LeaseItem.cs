using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Operations;

/// <summary>A part that is being worked on.</summary>
/// <param name="PartId">The part.</param>
/// <param name="State">Where it is on its way.</param>
/// <param name="Provider">The provider's name for people.</param>
/// <param name="Fence">Which lease of the part it is.</param>
/// <param name="Until">When the lease ends unless it is renewed.</param>
public sealed record LeaseItem(Guid PartId, PartState State, string Provider, long Fence, DateTimeOffset? Until);
