using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class SignInPage
{
    private EditContext _context = default!;
    private bool _refused;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromForm]
    private SignInForm Form { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private SignInService SignIn { get; set; } = default!;

    [Inject]
    private FirstPerson FirstPerson { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new SignInForm();
        _context = new EditContext(Form);
        if (HttpContext.User.Identity?.IsAuthenticated is true)
        {
            Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
        }
        else if (!await FirstPerson.ExistsAsync(HttpContext.RequestAborted))
        {
            Navigation.NavigateTo("/setup");
        }
    }

    private async Task TryAsync()
    {
        if (await SignIn.TryAsync(Form.Email, Form.Password) is SignInOutcome.SignedIn)
        {
            Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
        }
        else
        {
            _refused = true;
        }
    }
}
