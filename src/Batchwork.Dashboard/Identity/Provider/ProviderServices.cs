using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Batchwork.Dashboard.Identity.Provider;

/// <summary>Sign-in with the OpenID Connect provider of the settings.</summary>
internal static class ProviderServices
{
    public const string Scheme = "provider";

    public const string CallbackPath = "/sign-in/provider/callback";

    public static IServiceCollection AddSignInProvider(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProviderOptions>().BindConfiguration(ProviderOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProviderOptions>, ProviderRules>();
        services.AddSingleton<ProviderCheck>();
        services.AddScoped<ProviderSignIn>();
        if (!string.IsNullOrWhiteSpace(configuration[$"{ProviderOptions.SectionName}:{nameof(ProviderOptions.Authority)}"]))
        {
            services.AddAuthentication().AddOpenIdConnect(Scheme, _ => { });
            services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<ProviderOptions>>((oidc, provider) => Set(oidc, provider.Value));
        }

        return services;
    }

    private static void Set(OpenIdConnectOptions oidc, ProviderOptions provider)
    {
        oidc.Authority = provider.Authority;
        oidc.RequireHttpsMetadata = new Uri(provider.Authority!).Scheme == Uri.UriSchemeHttps;
        oidc.ClientId = provider.ClientId;
        oidc.ClientSecret = provider.ClientSecret;
        oidc.SignInScheme = IdentityConstants.ExternalScheme;
        oidc.CallbackPath = CallbackPath;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        // Not form_post: a form from another site would need cookies that go with every request from anywhere.
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.SaveTokens = false;
        oidc.DisableTelemetry = true;
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.MapInboundClaims = false;
        oidc.Scope.Clear();
        foreach (var scope in provider.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            oidc.Scope.Add(scope);
        }

        // An account is known by issuer and subject together.
        oidc.ClaimActions.Remove("iss");
        foreach (var claim in new[] { provider.NameClaim, provider.EmailClaim, provider.GroupsClaim, ProviderIdentity.EmailVerifiedClaim })
        {
            oidc.ClaimActions.MapJsonKey(claim, claim);
        }

        foreach (var cookie in new[] { oidc.NonceCookie, oidc.CorrelationCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }

        oidc.Events.OnTokenValidated = context =>
        {
            // The framework has compared it with what the provider's description says of itself; it must be whom the settings name as well.
            if (!provider.IsIssuer(context.SecurityToken.Issuer))
            {
                context.Fail("The issuer is not the authority of the settings.");
            }

            // Over TLS the framework also takes a token without a signature, as the standard lets it.
            if (string.IsNullOrEmpty(context.SecurityToken.RawSignature))
            {
                context.Fail("The token is not signed.");
            }

            return Task.CompletedTask;
        };
        oidc.Events.OnRemoteFailure = RefuseAsync;
        oidc.Events.OnAccessDenied = context =>
        {
            context.Response.Redirect("/sign-in?failed=provider");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static Task RefuseAsync(RemoteFailureContext context)
    {
        ProviderLog.Failed(context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProviderServices)), context.Failure);
        context.Response.Redirect("/sign-in?failed=provider");
        context.HandleResponse();
        return Task.CompletedTask;
    }
}
