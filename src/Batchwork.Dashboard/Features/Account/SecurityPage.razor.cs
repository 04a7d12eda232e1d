using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Identity.Provider;
using Batchwork.Dashboard.Identity.SecondFactor;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class SecurityPage
{
    private AppUser _user = default!;
    private IReadOnlyList<PasskeyItem> _passkeys = [];
    private int _codes;
    private int _logins;

    private ProviderOptions Provider => ProviderSettings.Value;

    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [SupplyParameterFromQuery]
    private string? Failed { get; set; }

    [Inject]
    private AccountSettings Settings { get; set; } = default!;

    [Inject]
    private PasskeyService Passkeys { get; set; } = default!;

    [Inject]
    private RecoveryCodes Codes { get; set; } = default!;

    [Inject]
    private IOptions<ProviderOptions> ProviderSettings { get; set; } = default!;

    [Inject]
    private UserManager<AppUser> Users { get; set; } = default!;

    private string CodesLeft => _codes switch
    {
        0 => "You have no recovery codes left: make new ones, or a lost phone locks you out.",
        1 => "One recovery code is left.",
        var n => $"{n} recovery codes are left.",
    };

    protected override async Task OnInitializedAsync()
    {
        _user = await Settings.ReadAsync(UserId);
        _passkeys = await Passkeys.ListAsync(UserId);
        _codes = await Codes.CountAsync(UserId, HttpContext.RequestAborted);
        _logins = (await Users.GetLoginsAsync(_user)).Count;
    }
}
