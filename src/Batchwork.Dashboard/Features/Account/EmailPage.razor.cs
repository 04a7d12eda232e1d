using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class EmailPage
{
    private EditContext _context = default!;

    [SupplyParameterFromForm(FormName = "email")]
    private EmailForm Form { get; set; } = default!;

    [Inject]
    private AccountSettings Settings { get; set; } = default!;

    protected override async Task PrepareAsync()
    {
        Form ??= new EmailForm { Email = (await Settings.ReadAsync(UserId)).Email ?? string.Empty };
        _context = new EditContext(Form);
    }

    private async Task SaveAsync()
    {
        var result = await Settings.ChangeEmailAsync(UserId, SessionId, Form.Email);
        if (result.Succeeded)
        {
            Navigation.NavigateTo("/account?done=saved");
            return;
        }

        // It says that an address is taken; whoever reads it is signed in and could invite that address as well.
        var messages = new ValidationMessageStore(_context);
        messages.Add(_context.Field(nameof(Form.Email)), result.Errors.Select(e => e.Description).First());
        _context.NotifyValidationStateChanged();
    }
}
