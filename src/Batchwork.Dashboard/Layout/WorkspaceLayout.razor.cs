using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
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
    private BrowserClock _clock = BrowserClock.Utc;
    private LiveWatcher? _watcher;
    private ThemeChoice _theme;
    private bool _isDark;
    private bool _isReady;
    private bool _isRemote;
    private int _running;
    private IReadOnlyList<WorkspaceSummary> _workspaces = [];

    [CascadingParameter]
    public required ShellFacts Facts { get; set; }

    [CascadingParameter]
    public required RouteData Route { get; set; }

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    private WorkspaceQueries Workspaces { get; set; } = default!;

    [Inject]
    private Memberships Memberships { get; set; } = default!;

    [Inject]
    private JobQueries Jobs { get; set; } = default!;

    [Inject]
    private ILiveUpdates Updates { get; set; } = default!;

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
        if (_watcher is not null)
        {
            await _watcher.DisposeAsync();
        }

        try
        {
            await (_module?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its module with it.
        }
    }

    protected override void OnInitialized()
    {
        _theme = Facts.Theme;
        _isDark = _theme is ThemeChoice.Dark;
        _isRemote = !new Uri(Navigation.Uri).IsLoopback;
    }

    protected override async Task OnParametersSetAsync()
    {
        _boundary?.Recover();
        var slug = Route.RouteValues.TryGetValue("Slug", out var value) ? value?.ToString() ?? string.Empty : string.Empty;
        var user = (await Authentication).User;
        if (user.Identity?.IsAuthenticated is not true)
        {
            // The session was ended while the page was open.
            Navigation.NavigateTo(SignedOut.AddressOf(Navigation), forceLoad: true);
            return;
        }

        if (string.Equals(slug, _workspace?.Slug, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var found = await Workspaces.FindAsync(slug, user.UserId(), CancellationToken.None);
        var actor = found is null ? null : await Memberships.ActorAsync(found.Id, user.Person(Facts.Origin), CancellationToken.None);
        if (found is null || actor is null)
        {
            Navigation.NotFound();
            return;
        }

        if (actor.NeedsSecondFactor)
        {
            AskForSecondFactor();
            return;
        }

        _workspace = new WorkspaceContext(found.Id, found.Slug, found.Name, actor) { IsAdministrator = user.IsAdministrator() };
        await WatchAsync(found.Id);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Scripts.InvokeAsync<IJSObjectReference>("import", "./Layout/WorkspaceLayout.razor.js");
            var facts = await _module.InvokeAsync<BrowserFacts>("facts");
            _clock = BrowserClock.Of(facts.Zone);
            _isDark = _theme is ThemeChoice.Dark || (_theme is ThemeChoice.System && facts.IsDark);
            _isReady = true;
            StateHasChanged();
        }
    }

    private async Task WatchAsync(Guid workspaceId)
    {
        if (_watcher is not null)
        {
            await _watcher.DisposeAsync();
        }

        _watcher = LiveWatcher.Start(Updates, workspaceId, jobId: null, InvokeAsync, ReadAsync, DispatchExceptionAsync);
        await ReadAsync(_watcher.Stopping);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        _workspaces = await Workspaces.ListAsync(_workspace!.Actor.UserId, cancellationToken);
        if (_workspace.Actor.IsGone)
        {
            StateHasChanged();
            return;
        }

        if (_workspace.Actor.NeedsSecondFactor)
        {
            AskForSecondFactor();
            return;
        }

        // Somebody may have renamed it.
        if (_workspaces.FirstOrDefault(w => w.Id == _workspace.Id) is { } now && now.Name != _workspace.Name)
        {
            _workspace = _workspace with { Name = now.Name };
        }

        var counts = await Jobs.CountAsync(_workspace.Actor, cancellationToken);
        _running = OverviewQueries.RunningStates.Sum(state => counts.GetValueOrDefault(state));
        StateHasChanged();
    }

    private void AskForSecondFactor() => Navigation.NavigateTo(SecondFactorAddress.Of("/" + Navigation.ToBaseRelativePath(Navigation.Uri)), forceLoad: true);

    private async Task SetThemeAsync(ThemeChoice theme)
    {
        _theme = theme;
        _isDark = theme is ThemeChoice.System ? await _themeProvider.GetSystemDarkModeAsync() : theme is ThemeChoice.Dark;
        await _module!.InvokeVoidAsync("setTheme", theme.ToString().ToLowerInvariant());
        await Themes.SetAsync(_workspace!.Actor.UserId, theme, CancellationToken.None);
    }

    private void Recover() => _boundary?.Recover();
}
