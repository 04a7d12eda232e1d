using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Batchwork.Dashboard.Identity.Provider;

/// <summary>Asks the sign-in provider for its description: to test it for an administrator, and for the address that forms may lead to.</summary>
internal sealed class ProviderCheck(IOptions<ProviderOptions> options, IOptionsMonitor<OpenIdConnectOptions> oidc)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>The origins that the sign-in button leads to.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns>The authority's, and that of its sign-in page when it can be had and is another.</returns>
    public async Task<IReadOnlyList<string>> OriginsAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsOn)
        {
            return [];
        }

        var origins = new List<string> { Origin(options.Value.Authority!)! };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            // Kept by the handler for hours; only the first visitor waits.
            var description = await oidc.Get(ProviderServices.Scheme).ConfigurationManager!.GetConfigurationAsync(patience.Token);
            origins.AddRange(new[] { Origin(description.AuthorizationEndpoint) }.OfType<string>());
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The provider is away. The page must show all the same, for those who sign in without it.
        }

        return [.. origins.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Tests the provider, freshly.</summary>
    /// <param name="cancellationToken">Cancels the test.</param>
    /// <returns>What was found.</returns>
    public async Task<IReadOnlyList<ProviderFinding>> TestAsync(CancellationToken cancellationToken)
    {
        var handler = oidc.Get(ProviderServices.Scheme);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        OpenIdConnectConfiguration description;
        try
        {
            description = await OpenIdConnectConfigurationRetriever.GetAsync(
                handler.MetadataAddress!, new HttpDocumentRetriever { RequireHttps = handler.RequireHttpsMetadata }, patience.Token);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            return [new ProviderFinding("Description", false, $"{handler.MetadataAddress} could not be read: {Reason(e)}")];
        }

        return
        [
            new("Description", true, $"{handler.MetadataAddress} was read."),
            new("Issuer", options.Value.IsIssuer(description.Issuer), $"It calls itself {description.Issuer}; the settings say {options.Value.Authority}."),
            new("Signing keys", description.SigningKeys.Count > 0, description.SigningKeys.Count switch
            {
                0 => "It names no key with which it signs.",
                1 => "It names one key with which it signs.",
                var n => $"It names {n} keys with which it signs.",
            }),
            new("Sign-in page", Origin(description.AuthorizationEndpoint) is not null, description.AuthorizationEndpoint ?? "It names none."),
            new("Codes", description.ResponseTypesSupported.Count == 0 || description.ResponseTypesSupported.Contains(OpenIdConnectResponseType.Code), "The flow with a code (response type code) is needed."),
        ];
    }

    private static string? Origin(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : null;

    private static string Reason(Exception e)
    {
        while (e.InnerException is { } inner)
        {
            e = inner;
        }

        return e is OperationCanceledException ? "no answer within ten seconds." : e.Message;
    }
}
