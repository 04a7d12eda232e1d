using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Jobs;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>The addresses of a job's page: the tab, a filter and an open picture stand in them, so that all can be sent to others.</summary>
/// <param name="Workspace">The workspace.</param>
/// <param name="JobId">The job.</param>
/// <param name="Navigation">Builds them.</param>
public sealed record JobAddress(WorkspaceContext Workspace, Guid JobId, NavigationManager Navigation)
{
    public string Archive => Workspace.Url($"jobs/{JobId}/archive.zip");

    /// <summary>Results that belong to no row, as a file.</summary>
    public string Unmatched => Workspace.Url($"jobs/{JobId}/unmatched.jsonl");

    public string Tab(JobTab tab) => Make(tab);

    /// <summary>The parts with one of them open.</summary>
    /// <param name="number">The part's number; <see langword="null"/> for none.</param>
    /// <returns>The address.</returns>
    public string Part(int? number) => Make(JobTab.Parts, part: number);

    public string Rows(RowState? state, string? search = null) => Make(JobTab.Rows, state, search);

    /// <summary>The gallery with a picture open.</summary>
    /// <param name="imageId">The picture.</param>
    /// <returns>The address.</returns>
    public string Picture(Guid imageId) => Make(JobTab.Gallery, image: imageId);

    private string Make(JobTab tab, RowState? state = null, string? search = null, Guid? image = null, int? part = null) => Navigation.GetUriWithQueryParameters(
        Workspace.Url($"jobs/{JobId}"),
        new Dictionary<string, object?>
        {
            ["tab"] = tab == JobTab.Gallery ? null : tab.ToString().ToLowerInvariant(),
            ["state"] = state?.ToString().ToLowerInvariant(),
            ["q"] = search,
            ["image"] = image,
            ["part"] = part,
        });
}
