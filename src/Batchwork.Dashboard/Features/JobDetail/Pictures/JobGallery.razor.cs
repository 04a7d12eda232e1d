using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Batchwork.Dashboard.Features.JobDetail.Pictures;

/// <summary>The pictures of a job, of any number: the browser says which lines are in sight, and those are read.</summary>
public sealed partial class JobGallery
{
    /// <summary>A screen full of the smallest pictures. What a browser says is bounded, like everything that comes from outside.</summary>
    private const int MostInSight = 400;

    private readonly CancellationTokenSource _stop = new();
    private ElementReference _root;
    private ElementReference _slider;
    private IJSObjectReference? _module;
    private IJSObjectReference? _grid;
    private DotNetObjectReference<JobGallery>? _self;
    private Window<GalleryItem>? _window;
    private (int Columns, int First, int Count) _sight = (6, 0, 36);
    private (int Images, JobLedger Ledger)? _read;
    private bool _isScrolled;
    private int _imagesSeen;
    private int? _lookedAt;

    [CascadingParameter]
    public required WorkspaceContext Workspace { get; set; }

    [Parameter, EditorRequired]
    public required JobView Job { get; set; }

    [Parameter, EditorRequired]
    public required JobAddress Address { get; set; }

    [Parameter, EditorRequired]
    public required PictureSource Source { get; set; }

    [Parameter, EditorRequired]
    public required Func<Guid, CancellationToken, Task<ImageDetail?>> Find { get; set; }

    /// <summary>The picture that is open in the lightbox.</summary>
    [Parameter]
    public Guid? ImageId { get; set; }

    [Parameter]
    public Role Role { get; set; }

    [Inject]
    private IJSRuntime Scripts { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <summary>Pictures that were stored since the person scrolled away from the top.</summary>
    private int New => _isScrolled ? Math.Max(Job.Images - _imagesSeen, 0) : 0;

    private int Line => (_window?.Offset ?? 0) / Math.Max(_sight.Columns, 1);

    private string Waiting => Job.Forecast.Jobs == 0
        ? "Waiting for the provider. There is no history yet to tell how long; most batches are done within hours, all within a day."
        : $"Waiting for the provider. {(Job.Forecast.Jobs == 1 ? "Your last job" : $"Your last {Figures.Number(Job.Forecast.Jobs)} jobs")} took about {Figures.Duration(Job.Forecast.Typical)}.";

    /// <summary>Called by the browser when other lines come into sight.</summary>
    /// <param name="columns">Pictures in a line.</param>
    /// <param name="firstLine">The first line in sight.</param>
    /// <param name="lines">Lines in sight.</param>
    /// <param name="isScrolled">Whether the gallery's top is out of sight.</param>
    [JSInvokable]
    public async Task ShowAsync(int columns, int firstLine, int lines, bool isScrolled)
    {
        columns = Math.Clamp(columns, 1, 100);
        var first = (int)Math.Clamp((long)Math.Max(firstLine, 0) * columns, 0, int.MaxValue - MostInSight);
        _sight = (columns, first, Math.Clamp(lines, 1, MostInSight) * columns);
        if (isScrolled && !_isScrolled)
        {
            Source.Freeze(Time.GetUtcNow());
        }
        else if (!isScrolled)
        {
            Source.Thaw();
            _imagesSeen = Job.Images;
        }

        _isScrolled = isScrolled;
        await ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _self?.Dispose();
        try
        {
            await (_grid?.InvokeVoidAsync("stop") ?? ValueTask.CompletedTask);
            await (_grid?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (_module?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its script with it.
        }

        _stop.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Job.Images, Job.Summary.Ledger);
        if (_read != wanted)
        {
            _read = wanted;
            _imagesSeen = _isScrolled ? _imagesSeen : Job.Images;
            await ReadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Scripts.InvokeAsync<IJSObjectReference>("import", _stop.Token, "./Features/JobDetail/Pictures/JobGallery.razor.js");
            _grid = await _module.InvokeAsync<IJSObjectReference>("start", _stop.Token, _root, _slider, _self);
        }

        // Not before the lightbox is gone: while it is open, nothing behind it can have the focus.
        if (_lookedAt is { } place && ImageId is null && _grid is not null)
        {
            _lookedAt = null;
            await _grid.InvokeVoidAsync("focus", _stop.Token, place);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            _window = await Source.ReadAsync(_sight.First, Math.Min(_sight.Count, MostInSight), _stop.Token);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The gallery is closed.
        }
    }

    private async Task SwitchAsync(bool showPlaces)
    {
        Source.Switch(showPlaces);
        await ReadAsync();
    }

    private async Task ShowNewAsync()
    {
        Source.Thaw();
        _imagesSeen = Job.Images;
        var place = await Source.FindLatestAsync(_stop.Token) ?? 0;
        await ReadAsync();
        await (_grid?.InvokeVoidAsync("show", _stop.Token, place) ?? ValueTask.CompletedTask);
    }

    /// <summary>Focus goes back to the picture that was looked at last.</summary>
    private void Close(ImageDetail? last)
    {
        _lookedAt = last is null ? null : Source.PlaceOf(last);
        Navigation.NavigateTo(Address.Tab(JobTab.Gallery), replace: true);
    }
}
