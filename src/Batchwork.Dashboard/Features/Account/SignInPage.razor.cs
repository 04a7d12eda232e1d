using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Identity.Provider;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class SignInPage
{
    private EditContext _context = default!;
    private bool _refused;

    private ProviderOptions Provider => ProviderSettings.Value;

    // What failed elsewhere is said in our words, whatever the address says.
    private string? Failure => Failed switch
    {
        "passkey" => "The passkey did not let you in. It may have been removed, or the account may not sign in.",
        "provider" => "The sign-in there was cancelled or did not work. Nothing was changed.",
        "provider-unknown" => "Nobody here is connected to that account. Ask an administrator for an invitation.",
        "provider-email" => "The sign-in provider does not say that your address is yours, so we cannot know who you are here.",
        "provider-connect" => "An account here has your address and is guarded. Sign in here first, then connect it under Sign-in and security.",
        _ => null,
    };

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    private string? Failed { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in")]
    private SignInForm Form { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private SignInService SignIn { get; set; } = default!;

    [Inject]
    private FirstPerson FirstPerson { get; set; } = default!;

    [Inject]
    private IOptions<ProviderOptions> ProviderSettings { get; set; } = default!;

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
        switch (await SignIn.TryAsync(Form.Email, Form.Password))
        {
            case SignInOutcome.SignedIn:
                Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
                break;
            case SignInOutcome.NeedsSecondStep:
                Navigation.NavigateTo(SecondStepPage.AddressOf(ReturnUrl));
                break;
            default:
                _refused = true;
                break;
        }
    }
}
