using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>Where a workspace that asks for a second factor sends whoever came with a password alone.</summary>
public sealed partial class SecondFactorPage
{
    private bool _hasPasskey;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [Inject]
    private PasskeyService Passkeys { get; set; } = default!;

    protected override async Task OnInitializedAsync() => _hasPasskey = (await Passkeys.ListAsync(UserId)).Count > 0;
}
