namespace Batchwork.Engine.Drafts;

/// <summary>A connection to choose for a draft.</summary>
/// <param name="Id">The connection.</param>
/// <param name="Label">Its label.</param>
/// <param name="Provider">The provider's id.</param>
/// <param name="ProviderName">The provider's name for people.</param>
/// <param name="IsDemo">Whether it is the demo.</param>
/// <param name="PausedReason">Why nothing is sent over it at the moment.</param>
public sealed record ConnectionChoice(Guid Id, string Label, string Provider, string ProviderName, bool IsDemo, string? PausedReason);
