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

    [CascadingParameter]
    private WorkspaceContext? Workspace { get; set; }

    [Inject]
    private ILogger<PageFailure> Logger { get; set; } = default!;

    protected override void OnInitialized()
    {
        if (Exception is NotAllowedException)
        {
            LogRefused(Logger, Workspace?.Actor.UserId, Exception.Message);
        }
        else
        {
            _id = SupportId.New();
            LogFailure(Logger, Exception, _id);
        }
    }

    [LoggerMessage(6101, LogLevel.Warning, "An act on a page was refused to {UserId}: {Why}")]
    private static partial void LogRefused(ILogger logger, string? userId, string why);

    [LoggerMessage(6100, LogLevel.Error, "A page failed. Support id {SupportId}")]
    private static partial void LogFailure(ILogger logger, Exception exception, string supportId);
}
