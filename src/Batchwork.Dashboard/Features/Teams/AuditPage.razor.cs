using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>Who did what, when, from where. Filters stand in the address. It does not move while somebody reads: a reload shows what is new.</summary>
public sealed partial class AuditPage
{
    private const int PageSize = 50;

    private Window<AuditItem>? _log;
    private LiveWatcher? _watcher;
    private Administrator? _administrator;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "thing")]
    private string? Thing { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "until")]
    private string? Until { get; set; }

    [SupplyParameterFromQuery(Name = "all")]
    private bool? All { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private int? Page { get; set; }

    [Inject]
    private AuditQueries Queries { get; set; } = default!;

    [Inject]
    private Administrators Administrators { get; set; } = default!;

    [Inject]
    private ILiveUpdates Updates { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private AuditView View => new(Search, Thing, From, Until);

    private int PageNumber => Math.Max(Page ?? 1, 1);

    private bool ShowsAll => All is true && _administrator is not null;

    private bool MayRead => ShowsAll || Workspace.Actor.Role >= Role.Admin;

    private string FileAddress => Navigation.GetUriWithQueryParameters(Workspace.Url("audit.csv"), With(View.ToQuery(), "all", ShowsAll ? true : null));

    public ValueTask DisposeAsync() => _watcher?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        // Not for new entries, but for the reader: who is no Admin any more must not go on reading.
        _watcher ??= LiveWatcher.Start(Updates, Workspace.Id, jobId: null, InvokeAsync, CheckAsync, DispatchExceptionAsync);
        _administrator = await Administrators.FindAsync(Workspace.Actor.UserId, _watcher.Stopping);
        if (MayRead)
        {
            var filter = View.ToFilter((PageNumber - 1) * PageSize, PageSize);
            _log = ShowsAll
                ? await Queries.ListAllAsync(_administrator!, filter, _watcher.Stopping)
                : await Queries.ListAsync(Workspace.Actor, filter, _watcher.Stopping);
        }
        else
        {
            _log = null;
        }
    }

    private Task CheckAsync(CancellationToken cancellationToken)
    {
        if (!MayRead)
        {
            _log = null;
        }

        StateHasChanged();
        return Task.CompletedTask;
    }

    private void Show(AuditView view, int page) => Navigation.NavigateTo(Address(view, page, ShowsAll), replace: true);

    private string Address(AuditView view, int page, bool all) => Navigation.GetUriWithQueryParameters(
        Workspace.Url("audit"), With(With(view.ToQuery(), "page", page == 1 ? null : page), "all", all ? true : null));

    private static Dictionary<string, object?> With(Dictionary<string, object?> query, string name, object? value)
    {
        query[name] = value;
        return query;
    }
}
