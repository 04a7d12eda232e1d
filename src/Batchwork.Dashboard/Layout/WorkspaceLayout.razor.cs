using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using RouteData = Microsoft.AspNetCore.Components.RouteData;

namespace Batchwork.Dashboard.Layout;

/// <summary>The shell around every page of a workspace.</summary>
public sealed partial class WorkspaceLayout : IAsyncDisposable
{
    private MudThemeProvider _themeProvider = default!;
    private ErrorBoundary? _boundary;
    private IJSObjectReference? _module;
    private WorkspaceContext? _workspace;
    private ThemeChoice _theme;
    private bool _isDark;
    private bool _isReady;
    private bool _isRemote;

    [CascadingParameter]
    public required ShellFacts Facts { get; set; }

    [CascadingParameter]
    public required RouteData Route { get; set; }

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    private WorkspaceQueries Workspaces { get; set; } = default!;

    [Inject]
    private ThemePreferences Themes { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Scripts { get; set; } = default!;

    // A plain "#content" would be taken relative to <base href="/">.
    private string SkipHref => new Uri(Navigation.Uri).GetLeftPart(UriPartial.Query) + "#content";

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            try
            {
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser is gone, and its module with it.
            }
        }
    }

    protected override void OnInitialized()
    {
        _theme = Facts.Theme;
        _isDark = _theme is ThemeChoice.Dark;
        // Only the device knows what "System" means: the first picture waits for its answer instead of flashing in the wrong colours.
        _isReady = _theme is not ThemeChoice.System;
        _isRemote = !new Uri(Navigation.Uri).IsLoopback;
    }

    protected override async Task OnParametersSetAsync()
    {
        _boundary?.Recover();
        var slug = Route.RouteValues.TryGetValue("Slug", out var value) ? value?.ToString() ?? string.Empty : string.Empty;
        if (string.Equals(slug, _workspace?.Slug, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var user = (await Authentication).User;
        var found = await Workspaces.FindAsync(slug, user.UserId(), CancellationToken.None);
        if (found is null)
        {
            Navigation.NotFound();
            return;
        }

        var actor = new Actor(user.UserId(), user.DisplayName(), found.Id, found.Role);
        _workspace = new WorkspaceContext(found.Id, found.Slug, found.Name, actor);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && !_isReady)
        {
            _isDark = await _themeProvider.GetSystemDarkModeAsync();
            _isReady = true;
            StateHasChanged();
        }
    }

    private async Task SetThemeAsync(ThemeChoice theme)
    {
        _theme = theme;
        _isDark = theme is ThemeChoice.System ? await _themeProvider.GetSystemDarkModeAsync() : theme is ThemeChoice.Dark;
        _module ??= await Scripts.InvokeAsync<IJSObjectReference>("import", "./Layout/WorkspaceLayout.razor.js");
        await _module.InvokeVoidAsync("setTheme", theme.ToString().ToLowerInvariant());
        if (_workspace is not null)
        {
            await Themes.SetAsync(_workspace.Actor.UserId, theme, CancellationToken.None);
        }
    }

    private void Recover() => _boundary?.Recover();
}
