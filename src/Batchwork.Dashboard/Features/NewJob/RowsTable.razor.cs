using System.Globalization;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Sheets;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace Batchwork.Dashboard.Features.NewJob;

/// <summary>A window onto the rows of a draft. One tab stop; arrow keys move, Enter edits.</summary>
public sealed partial class RowsTable : IAsyncDisposable
{
    private const float RowHeight = 40;
    private const int SearchWindow = 500;
    private IReadOnlyList<RowColumn> _columns = [];
    private Virtualize<DraftRow>? _virtualize;
    private ElementReference _scroll;
    private IJSObjectReference? _module;
    private (int Index, string Field)? _editing;
    private bool _onlyProblems;
    private bool _moveFocus;
    private int _total;

    [Parameter, EditorRequired]
    public required DraftView View { get; set; }

    /// <summary>Reads a window: start, count, only rows with problems.</summary>
    [Parameter, EditorRequired]
    public required Func<int, int, bool, CancellationToken, Task<DraftRows>> Read { get; set; }

    [Parameter]
    public EventCallback<CellEdit> Edit { get; set; }

    [Parameter]
    public EventCallback<(int Index, bool Skipped)> Skip { get; set; }

    [Inject]
    private IJSRuntime Scripts { get; set; } = default!;

    private string Template => "56px " + string.Join(' ', _columns.Select(c => c.Field == SheetFields.Prompt ? $"minmax({c.Width}px, 1fr)" : $"{c.Width}px")) + " 76px";

    private int LeastWidth => 56 + 76 + _columns.Sum(c => c.Width);

    /// <summary>Reads the visible rows again.</summary>
    /// <returns>A task that ends when they are shown.</returns>
    public async Task RefreshAsync()
    {
        if (_virtualize is not null)
        {
            await _virtualize.RefreshDataAsync();
            StateHasChanged();
        }
    }

    /// <summary>Shows only rows with problems and opens the first of a group for editing.</summary>
    /// <param name="key">The group.</param>
    /// <returns>A task that ends when it is open.</returns>
    public async Task EditFirstAsync(ProblemKey key)
    {
        _onlyProblems = true;
        var rows = (await Read(0, SearchWindow, true, CancellationToken.None)).Rows;
        var place = rows.ToList().FindIndex(r => r.Problems.Any(p => ProblemKey.Of(p) == key));
        await RefreshAsync();
        if (place < 0)
        {
            return;
        }

        var field = _columns.FirstOrDefault(c => c.Field == key.Field)?.Field ?? SheetFields.Prompt;
        _editing = (rows[place].Index, field);
        StateHasChanged();
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("show", _scroll, place * RowHeight);
        }
    }

    public ValueTask DisposeAsync() => _module.LeaveAsync();

    protected override void OnParametersSet() => _columns = RowColumn.Of(View);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Scripts.InvokeAsync<IJSObjectReference>("import", "./Features/NewJob/RowsTable.razor.js");
            await _module.InvokeVoidAsync("attach", _scroll);
        }

        if (_moveFocus && _module is not null)
        {
            _moveFocus = false;
            await _module.InvokeVoidAsync("restoreFocus", _scroll);
        }
    }

    private async ValueTask<ItemsProviderResult<DraftRow>> ProvideAsync(ItemsProviderRequest request)
    {
        var window = await ReadWindowAsync(request);
        if (window.Total != _total)
        {
            _total = window.Total;
            StateHasChanged();
        }

        return new ItemsProviderResult<DraftRow>(window.Rows, window.Total);
    }

    /// <summary>Virtualize forgives a cancelled read only when the exception carries the very token it gave; one from deeper down may carry another.</summary>
    private async Task<DraftRows> ReadWindowAsync(ItemsProviderRequest request)
    {
        try
        {
            return await Read(request.StartIndex, request.Count, _onlyProblems, request.CancellationToken);
        }
        catch (OperationCanceledException) when (request.CancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(request.CancellationToken);
        }
    }

    private async Task FilterAsync(ChangeEventArgs change)
    {
        _onlyProblems = change.Value is true;
        _editing = null;
        await RefreshAsync();
    }

    private bool IsEditing(DraftRow row, RowColumn column) => _editing == (row.Index, column.Field);

    private void Open(DraftRow row, RowColumn column) => _editing = (row.Index, column.Field);

    private void CloseAsync()
    {
        _editing = null;
        _moveFocus = true;
    }

    private async Task SaveAsync(DraftRow row, RowColumn column, string text)
    {
        _editing = null;
        _moveFocus = true;
        if (text != (row.Cells.GetValueOrDefault(column.Field) ?? ""))
        {
            await Edit.InvokeAsync(new CellEdit(row.Index, column.Field, text));
        }
    }

    private static string LineClass(DraftRow row) => row.Skipped ? "rows-skipped" : row.Check == RowCheck.Error ? "rows-error" : "";

    private static string ProblemsText(DraftRow row) => string.Join(" ", row.Problems.Select(p => p.Message.ToString(CultureInfo.InvariantCulture)));
}
