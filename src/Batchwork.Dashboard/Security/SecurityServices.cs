using Batchwork.Dashboard.Identity;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Security;

/// <summary>Keys at rest, forged forms, https, proxies.</summary>
internal static class SecurityServices
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddOptions<SecurityOptions>().BindConfiguration(SecurityOptions.SectionName).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SecurityOptions>, TrustedProxies>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<SecurityOptions>>((headers, security) => TrustedProxies.Apply(headers, security.Value));

        services.AddDataProtection().SetApplicationName("Batchwork");
        services.AddOptions<KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>((keys, folder, loggers) =>
            keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(folder.Keys), loggers));
        services.AddSingleton<IKeySealer, DataProtectionKeySealer>();

        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<SecurityOptions>>((antiforgery, security) =>
        {
            // One name for both schemes, unlike the sign-in cookie: the framework fixes it at start. It proves nothing alone.
            antiforgery.Cookie.Name = security.Value.RequireHttps ? "__Host-batchwork-forms" : "batchwork-forms";
            antiforgery.Cookie.SecurePolicy = security.Value.RequireHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            antiforgery.HeaderName = "RequestVerificationToken";
            // We send frame-ancestors 'none'.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<HstsOptions>(hsts =>
        {
            hsts.MaxAge = TimeSpan.FromDays(365);
            hsts.IncludeSubDomains = false;
        });
        services.AddSignInLimiter();
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<SecurityOptions>>((limiter, security) => LivePageLimits.Apply(limiter, security.Value));
        services.Configure<RateLimiterOptions>(limiter => limiter.AddPolicy<string, DownloadLimits>(DownloadLimits.Policy));
        services.AddSingleton<LivePageOwners>();
        services.Configure<HubOptions>(hub => hub.AddFilter<LivePageOwners>());
        return services;
    }
}
