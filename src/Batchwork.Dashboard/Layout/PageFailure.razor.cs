using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Layout;

public sealed partial class PageFailure
{
    private string? _id;

    [Parameter, EditorRequired]
    public required Exception Exception { get; set; }

    [Parameter]
    public EventCallback Retry { get; set; }

    [Inject]
    private ILogger<PageFailure> Logger { get; set; } = default!;

    protected override void OnInitialized()
    {
        if (Exception is not NotAllowedException)
        {
            _id = SupportId.New();
            LogFailure(Logger, Exception, _id);
        }
    }

    [LoggerMessage(6100, LogLevel.Error, "A page failed. Support id {SupportId}")]
    private static partial void LogFailure(ILogger logger, Exception exception, string supportId);
}
