namespace Batchwork.Dashboard.Identity.Sessions;

/// <summary>One sign-in on one device. The cookie only names it: what is not in the table any more is not signed in.</summary>
public sealed class SignInSession
{
    public required Guid Id { get; init; }

    public required string UserId { get; init; }

    /// <summary>The person's security stamp that the session goes with. Another stamp (a new password, say) ends it.</summary>
    public required string Stamp { get; set; }

    public required SignInMethod Method { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The latest request, give or take a minute.</summary>
    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>When the person last showed that it is them: signed in, or gave the password or a passkey again.</summary>
    public required DateTimeOffset ProvedAt { get; set; }

    /// <summary>The network address of the latest request.</summary>
    public string? Address { get; set; }

    /// <summary>Browser and system in words, for example <c>Firefox on Linux</c>.</summary>
    public string? Device { get; init; }
}
