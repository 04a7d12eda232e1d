using Batchwork.Engine.Drafts;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.NewJob;

/// <summary>The first step: a file, typed prompts, or the demo sheet.</summary>
public sealed partial class NewJobPage
{
    private bool _isBusy;

    [Inject]
    private DraftService Drafts { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private async Task TryDemoAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        var draftId = await Drafts.CreateDemoAsync(Workspace.Actor, CancellationToken.None);
        Navigation.NavigateTo(Workspace.Url($"drafts/{draftId}"));
    }
}
