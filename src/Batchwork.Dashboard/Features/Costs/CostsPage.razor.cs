using System.Globalization;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Costs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.Costs;

/// <summary>A month of costs: against the budgets, by day or month, by job, member and connection. The month stands in the address.</summary>
public sealed partial class CostsPage : IAsyncDisposable
{
    private const string Months = "month";

    private LiveWatcher? _watcher;
    private CostOverview? _overview;
    private (string?, string?) _address;

    /// <summary>The month to show, for example <c>2026-11</c>; without one this month.</summary>
    [SupplyParameterFromQuery(Name = "month")]
    public string? MonthText { get; set; }

    /// <summary><c>month</c> for a chart of months instead of days.</summary>
    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    [Inject]
    private CostQueries Queries { get; set; } = default!;

    [Inject]
    private BudgetService Service { get; set; } = default!;

    [Inject]
    private ILiveUpdates Updates { get; set; } = default!;

    private bool IsByMonth => By == Months;

    private bool MayChange => Workspace.Actor.Role >= Role.Admin;

    private bool MayDownload => Workspace.Actor.Role >= Role.Reviewer;

    private long Held => _overview?.Jobs.Sum(j => j.HeldMicroUsd) ?? 0;

    public ValueTask DisposeAsync() => _watcher?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        _watcher ??= LiveWatcher.Start(Updates, Workspace.Id, jobId: null, InvokeAsync, ReadAsync, DispatchExceptionAsync);
        if (_overview is null || _address != (MonthText, By))
        {
            _address = (MonthText, By);
            await ReadAsync(_watcher.Stopping);
        }
    }

    private static string NameOf(BillingMonth month) => month.First.ToString("MMMM yyyy", CultureInfo.GetCultureInfo("en"));

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        _overview = await Queries.MonthAsync(Workspace.Actor, BillingMonth.Parse(MonthText), cancellationToken);
        StateHasChanged();
    }

    private string UrlOf(BillingMonth month) => UrlOf(month, IsByMonth);

    private string UrlOf(BillingMonth month, bool byMonth) => Workspace.Url($"costs?month={month}{(byMonth ? "&by=month" : null)}");

    private string CsvUrl(string lines) => Workspace.Url($"costs.csv?month={_overview!.Month}&lines={lines}");

    private async Task SetBudgetAsync((Guid? ConnectionId, long? MicroUsd) budget)
    {
        await Service.SetAsync(Workspace.Actor, budget.ConnectionId, budget.MicroUsd, _watcher!.Stopping);
        await ReadAsync(_watcher.Stopping);
    }
}
