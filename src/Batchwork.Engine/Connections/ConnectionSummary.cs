using Batchwork.Engine.Workspaces;

namespace Batchwork.Engine.Connections;

/// <summary>A connection as pages show it. The key is not in it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Provider">The provider's id, for example <c>openai</c>.</param>
/// <param name="ProviderName">The provider's name for people, for example <c>OpenAI</c>.</param>
/// <param name="IsDemo">Whether it is the keyless demo.</param>
/// <param name="BaseUrl">Another address than the provider's public one.</param>
/// <param name="KeyEnding">The key's last four characters.</param>
/// <param name="PausedReason">Why nothing is sent over it at the moment.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ConnectionSummary(
    Guid Id,
    string Label,
    string Provider,
    string ProviderName,
    bool IsDemo,
    string? BaseUrl,
    string? KeyEnding,
    string? PausedReason,
    DateTimeOffset CreatedAt)
{
    /// <summary>Whether work goes on over it, and if not, what to do.</summary>
    public ConnectionCondition Condition { get; init; } = ConnectionCondition.Well;

    /// <summary>The role that is needed to start jobs over it.</summary>
    public Role UsableBy { get; init; } = Role.Creator;

    /// <summary>When it was last seen to work in a test.</summary>
    public DateTimeOffset? TestedAt { get; init; }

    /// <summary>Whether a person holds it back.</summary>
    public bool IsHeldBack { get; init; }

    /// <summary>Keys that were replaced and are kept for batches that were made with them.</summary>
    public IReadOnlyList<KeptKey> OldKeys { get; init; } = [];
}
