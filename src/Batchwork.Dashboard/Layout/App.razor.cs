using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Batchwork.Dashboard.Layout;

/// <summary>The document around every page. It is rendered once a full load, by the server; the live part begins at <see cref="Routes"/>.</summary>
public sealed partial class App
{
    // Prerendering would run every page twice, the first time without a circuit.
    private static readonly IComponentRenderMode s_live = new InteractiveServerRenderMode(prerender: false);

    private ThemeChoice _theme;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    /// <summary>Set-up, sign-in and error pages are plain HTML: they must work without a circuit.</summary>
    private IComponentRenderMode? Mode => HttpContext.AcceptsInteractiveRouting() ? s_live : null;

    protected override async Task OnInitializedAsync()
    {
        if (HttpContext.User.Identity?.IsAuthenticated is true)
        {
            // Known before the first byte is sent, so that a dark page is never white for a moment.
            _theme = await Themes.GetAsync(HttpContext.User.UserId(), HttpContext.RequestAborted);
        }
    }
}
