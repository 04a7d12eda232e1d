using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Shared;

/// <summary>Base of pages under <c>/w/{Slug}</c>.</summary>
public abstract class WorkspacePage : ComponentBase
{
    /// <summary>The workspace as the address names it; the router needs a parameter for it. Use <see cref="Workspace"/>.</summary>
    [Parameter]
    public string? Slug { get; set; }

    [CascadingParameter]
    public required WorkspaceContext Workspace { get; set; }
}
