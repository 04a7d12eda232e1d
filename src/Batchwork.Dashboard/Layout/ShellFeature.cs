using Batchwork.Dashboard.Security;
using Batchwork.Dashboard.Shared;
using Microsoft.AspNetCore.Localization;
using MudBlazor.Services;

namespace Batchwork.Dashboard.Layout;

/// <summary>The frame around all pages: the pipeline, the document, the theme.</summary>
internal static class ShellFeature
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomCenter;
            mud.SnackbarConfiguration.PreventDuplicates = false;
        });
        services.AddProblemDetails();
        services.AddRequestLocalization(SetCultures);
        return services;
    }

    /// <summary>The pipeline, outermost first.</summary>
    /// <param name="app">The app.</param>
    public static void UseShell(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeaders>();
        app.UseHttpsRule();
        app.UseMiddleware<OriginRule>();
        app.UseErrorPages();
        app.UseMiddleware<RefusalLog>();
        app.UseRouting();
        app.UseRequestLocalization();
        app.UseAuthentication();
        app.UseRateLimiter();
        // Before pages that ask for more than membership: a foreign workspace answers 404 there, too.
        app.UseMiddleware<WorkspaceGate>();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    public static void MapShell(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapStaticAssets().AllowAnonymous();
        endpoints.MapRazorComponents<App>()
            // SecurityHeaders says frame-ancestors 'none'; a second policy with 'self' would only be noise.
            .AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
    }

    /// <summary>Words are English; numbers and dates are written as the reader's browser asks.</summary>
    private static void SetCultures(RequestLocalizationOptions options)
    {
        var all = System.Globalization.CultureInfo.GetCultures(System.Globalization.CultureTypes.AllCultures);
        options.SupportedCultures = [.. all];
        options.SupportedUICultures = [System.Globalization.CultureInfo.GetCultureInfo("en")];
        options.DefaultRequestCulture = new RequestCulture("en-US", "en");
        options.RequestCultureProviders = [new AcceptLanguageHeaderRequestCultureProvider()];
    }
}
