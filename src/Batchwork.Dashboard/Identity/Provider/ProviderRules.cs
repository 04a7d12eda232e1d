using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Identity.Provider;

/// <summary>What the settings of the sign-in provider must be like.</summary>
internal sealed class ProviderRules : IValidateOptions<ProviderOptions>
{
    public ValidateOptionsResult Validate(string? name, ProviderOptions options) =>
        Faults(options).ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

    public static IEnumerable<string> Faults(ProviderOptions options)
    {
        const string Section = ProviderOptions.SectionName;
        if (!options.IsOn)
        {
            if (!string.IsNullOrWhiteSpace(options.ClientId))
            {
                yield return $"{Section}:Authority is missing. Without it {Section}:ClientId has no use.";
            }

            yield break;
        }

        if (!IsAuthority(options.Authority!))
        {
            yield return $"{Section}:Authority: '{options.Authority}' is not an https address such as https://login.example.org/.";
        }

        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            yield return $"{Section}:ClientId is missing. The provider gives it when you register Batchwork there.";
        }

        if (!options.Scopes.Split(' ').Contains("openid"))
        {
            yield return $"{Section}:Scopes: 'openid' must be one of them.";
        }

        options.ReadRoles(out var wrong);
        foreach (var entry in wrong)
        {
            yield return $"{Section}:WorkspaceRoles: '{entry}' is not like designers=studio:Creator. Roles are Viewer, Reviewer, Creator, Admin, Owner.";
        }
    }

    /// <summary>Plain http only on this very machine, where nobody can listen: for trying things out.</summary>
    internal static bool IsAuthority(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
