using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Operations;

/// <summary>Parts in one state.</summary>
/// <param name="State">The state.</param>
/// <param name="Parts">How many.</param>
/// <param name="Due">How many of them are due now.</param>
public sealed record StateCount(PartState State, int Parts, int Due);
