using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class PasswordPage
{
    private EditContext _context = default!;
    private string? _email;
    private bool _hasPassword;

    [SupplyParameterFromForm(FormName = "password")]
    private PasswordForm Form { get; set; } = default!;

    [Inject]
    private AccountSettings Settings { get; set; } = default!;

    protected override async Task PrepareAsync()
    {
        var user = await Settings.ReadAsync(UserId);
        (_email, _hasPassword) = (user.Email, user.PasswordHash is not null);
        Form ??= new PasswordForm();
        _context = new EditContext(Form);
    }

    private async Task SaveAsync()
    {
        var result = await Settings.ChangePasswordAsync(UserId, SessionId, Form.Current, Form.Password);
        if (result.Succeeded)
        {
            Navigation.NavigateTo("/account/security?done=password");
            return;
        }

        var messages = new ValidationMessageStore(_context);
        foreach (var error in result.Errors)
        {
            var isCurrent = error.Code == "PasswordMismatch";
            messages.Add(_context.Field(isCurrent ? nameof(Form.Current) : nameof(Form.Password)), isCurrent ? "This is not your password." : error.Description);
        }

        _context.NotifyValidationStateChanged();
    }
}
