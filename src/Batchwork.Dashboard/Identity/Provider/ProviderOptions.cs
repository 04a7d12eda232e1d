using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Identity.Provider;

/// <summary>Sign-in with an OpenID Connect provider. Off until an authority is named.</summary>
public sealed class ProviderOptions
{
    public const string SectionName = "Batchwork:OpenIdConnect";

    /// <summary>The provider's issuer address, beneath which <c>/.well-known/openid-configuration</c> is found.</summary>
    public string? Authority { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>How the button calls it: <c>Sign in with …</c>.</summary>
    public string Name { get; set; } = "single sign-on";

    /// <summary>What is asked for, parted by spaces.</summary>
    public string Scopes { get; set; } = "openid profile email";

    public string NameClaim { get; set; } = "name";

    public string EmailClaim { get; set; } = "email";

    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Whether addresses count as verified although the provider does not say so. Only for providers whose addresses nobody can choose.</summary>
    public bool TrustEmail { get; set; }

    /// <summary>Whether everybody whom the provider signs in gets an account. Without it only people whose groups are named below do.</summary>
    public bool CreateAccounts { get; set; }

    /// <summary>The group whose members run this installation.</summary>
    public string? AdministratorGroup { get; set; }

    /// <summary>Groups and what they give: <c>designers=studio:Creator, leads=studio:Admin</c>.</summary>
    public string? WorkspaceRoles { get; set; }

    internal bool IsOn => !string.IsNullOrWhiteSpace(Authority);

    /// <summary>Whether a provider is the one of the settings.</summary>
    /// <param name="issuer">As it calls itself.</param>
    /// <returns><see langword="true"/> when it is the authority.</returns>
    internal bool IsIssuer(string? issuer) => string.Equals(issuer?.TrimEnd('/'), Authority?.TrimEnd('/'), StringComparison.Ordinal);

    /// <summary>Reads <see cref="WorkspaceRoles"/>.</summary>
    /// <param name="faults">What cannot be read.</param>
    /// <returns>The rest.</returns>
    internal IReadOnlyList<GroupRole> ReadRoles(out IReadOnlyList<string> faults)
    {
        var (roles, wrong) = (new List<GroupRole>(), new List<string>());
        foreach (var entry in (WorkspaceRoles ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // A group may be an address with colons; the workspace and the role are what stands last.
            var equals = entry.LastIndexOf('=');
            var colon = entry.LastIndexOf(':');
            if (equals > 0 && colon > equals + 1
                && Enum.TryParse<Role>(entry[(colon + 1)..].Trim(), ignoreCase: true, out var role) && Enum.IsDefined(role) && !char.IsAsciiDigit(entry[^1]))
            {
                roles.Add(new GroupRole(entry[..equals].Trim(), entry[(equals + 1)..colon].Trim(), role));
            }
            else
            {
                wrong.Add(entry);
            }
        }

        faults = wrong;
        return roles;
    }
}
