namespace Batchwork.Dashboard.Identity.Provider;

/// <summary>A membership that a person has because of a group at the sign-in provider, so that it can be taken away when they leave the group.</summary>
public sealed class ProviderRole
{
    public required string UserId { get; init; }

    public required Guid WorkspaceId { get; init; }
}
