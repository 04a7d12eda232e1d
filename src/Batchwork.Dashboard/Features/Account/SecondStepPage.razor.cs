using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class SecondStepPage
{
    private EditContext _context = default!;
    private bool _isOpen;
    private bool _refused;

    [SupplyParameterFromQuery]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery(Name = "recovery")]
    private bool WithRecoveryCode { get; set; }

    [SupplyParameterFromForm(FormName = "second-step")]
    private SecondStepForm Form { get; set; } = default!;

    [Inject]
    private SignInService SignIn { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <summary>The address of this page.</summary>
    /// <param name="returnUrl">Where to go on afterwards.</param>
    /// <returns>The address.</returns>
    internal static string AddressOf(string? returnUrl) => $"/sign-in/second-step?returnUrl={Uri.EscapeDataString(LocalAddress.OrHome(returnUrl))}";

    protected override async Task OnInitializedAsync()
    {
        Form ??= new SecondStepForm();
        _context = new EditContext(Form);
        _isOpen = await SignIn.IsSecondStepOpenAsync();
        if (!_isOpen)
        {
            // It stays open for five minutes.
            Navigation.NavigateTo("/sign-in");
        }
    }

    private string Address(bool recovery) => AddressOf(ReturnUrl) + (recovery ? "&recovery=true" : string.Empty);

    private async Task TryAsync()
    {
        if (_isOpen && await SignIn.TakeSecondStepAsync(Form.Code, WithRecoveryCode, Form.Remember))
        {
            Navigation.NavigateTo(LocalAddress.OrHome(ReturnUrl));
        }
        else
        {
            _refused = true;
        }
    }
}
