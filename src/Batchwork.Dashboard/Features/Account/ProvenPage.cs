using Batchwork.Dashboard.Identity.Sessions;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>Base of the pages that change how a person signs in: who did not show lately that it is them is asked first, and comes back.</summary>
public abstract class ProvenPage : AccountPage
{
    /// <summary>Whether the proof is there. Without it a page shows no form and its handlers do nothing.</summary>
    protected bool IsProven { get; private set; }

    [Inject]
    private RecentProof Proof { get; set; } = default!;

    protected sealed override async Task OnInitializedAsync()
    {
        IsProven = await Proof.IsThereAsync(HttpContext.User, HttpContext.RequestAborted);
        if (IsProven)
        {
            await PrepareAsync();
        }
        else
        {
            Navigation.NavigateTo(RecentProof.Address(HttpContext.Request.Path));
        }
    }

    /// <summary>What the page does first, once the proof is there.</summary>
    protected abstract Task PrepareAsync();
}
