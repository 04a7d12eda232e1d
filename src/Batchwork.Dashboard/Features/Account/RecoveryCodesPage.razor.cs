using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Identity.SecondFactor;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class RecoveryCodesPage
{
    private IReadOnlyList<string>? _codes;
    private int _left;

    [Inject]
    private AccountSettings Settings { get; set; } = default!;

    [Inject]
    private RecoveryCodes Codes { get; set; } = default!;

    protected override async Task PrepareAsync()
    {
        if (!(await Settings.ReadAsync(UserId)).TwoFactorEnabled)
        {
            Navigation.NavigateTo("/account/authenticator");
            return;
        }

        _left = await Codes.CountAsync(UserId, HttpContext.RequestAborted);
    }

    private async Task RenewAsync()
    {
        if ((await Settings.ReadAsync(UserId)).TwoFactorEnabled)
        {
            _codes = await Settings.RenewRecoveryCodesAsync(UserId, SessionId, HttpContext.RequestAborted);
        }
    }
}
