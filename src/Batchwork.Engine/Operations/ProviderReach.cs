using Batchwork.Engine.Connections;

namespace Batchwork.Engine.Operations;

/// <summary>Whether a provider can be reached over a connection.</summary>
/// <param name="Label">The connection's label.</param>
/// <param name="Provider">The provider's name for people.</param>
/// <param name="Workspace">The workspace's name.</param>
/// <param name="IsDemo">Whether it is the demo.</param>
/// <param name="Condition">How it is.</param>
/// <param name="OpenParts">Parts over it that have not ended.</param>
/// <param name="LastAnswerAt">When a batch was last asked after over it, with an answer.</param>
public sealed record ProviderReach(
    string Label, string Provider, string Workspace, bool IsDemo, ConnectionCondition Condition, int OpenParts, DateTimeOffset? LastAnswerAt);
