using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class ConfirmPage
{
    private EditContext _context = default!;
    private bool _hasPassword;
    private bool _hasPasskey;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    private string? Failed { get; set; }

    [SupplyParameterFromForm(FormName = "confirm")]
    private ConfirmForm Form { get; set; } = default!;

    [Inject]
    private AccountSettings Settings { get; set; } = default!;

    [Inject]
    private PasskeyService Passkeys { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new ConfirmForm();
        _context = new EditContext(Form);
        _hasPassword = (await Settings.ReadAsync(UserId)).PasswordHash is not null;
        _hasPasskey = (await Passkeys.ListAsync(UserId)).Count > 0;
    }

    private async Task ProveAsync()
    {
        if (await Settings.ProveAsync(UserId, SessionId, Form.Password))
        {
            Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
            return;
        }

        var messages = new ValidationMessageStore(_context);
        messages.Add(_context.Field(nameof(Form.Password)), "This is not your password, or there were too many tries.");
        _context.NotifyValidationStateChanged();
    }
}
