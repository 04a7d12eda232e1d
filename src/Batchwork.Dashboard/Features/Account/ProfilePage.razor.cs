using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class ProfilePage
{
    private EditContext _context = default!;
    private string _email = string.Empty;
    private ThemeChoice _theme;

    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [SupplyParameterFromForm(FormName = "profile")]
    private ProfileForm Form { get; set; } = default!;

    [Inject]
    private AccountSettings Settings { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        var user = await Settings.ReadAsync(UserId);
        Form ??= new ProfileForm { Name = user.Name };
        (_email, _theme) = (user.Email ?? string.Empty, user.Theme);
        _context = new EditContext(Form);
    }

    private async Task SaveAsync()
    {
        if ((await Settings.RenameAsync(UserId, Form.Name)).Succeeded)
        {
            Navigation.NavigateTo("/account?done=saved");
        }
    }
}
