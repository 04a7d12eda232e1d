namespace Batchwork.Engine.Workspaces;

/// <summary>A team's space: everything else belongs to one.</summary>
public sealed class Workspace
{
    public required Guid Id { get; init; }

    /// <summary>Its part of addresses, <c>/w/{slug}</c>: lower-case letters, digits and dashes.</summary>
    public required string Slug { get; set; }

    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when members must sign in with a second factor; <see langword="null"/> while a password is enough.</summary>
    public DateTimeOffset? SecondFactorSince { get; set; }

    /// <summary>Since when nobody may enter it; nothing in it is removed.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }
}
