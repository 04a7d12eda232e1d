using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity;

/// <summary>A person who can sign in. What they may do in a workspace is the engine's <c>Member</c>.</summary>
public sealed class AppUser : IdentityUser
{
    /// <summary>How others see them.</summary>
    public required string Name { get; set; }

    /// <summary>Whether they run this installation.</summary>
    public bool IsAdministrator { get; set; }

    public ThemeChoice Theme { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when they may not sign in any more; <see langword="null"/> for people who may.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}
