using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class ResetPasswordPage
{
    private EditContext _context = default!;
    private bool _isGood;

    [SupplyParameterFromQuery]
    private string? Token { get; set; }

    [SupplyParameterFromForm(FormName = "reset")]
    private ResetForm Form { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private ResetLinks Links { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new ResetForm();
        _context = new EditContext(Form);
        _isGood = Token is not null && await Links.IsGoodAsync(Token, HttpContext.RequestAborted);
    }

    private async Task SaveAsync()
    {
        if (!_isGood || await Links.UseAsync(Token!, Form.Password, HttpContext.RequestAborted) is not { } result)
        {
            _isGood = false;
        }
        else if (result.UserId is not null)
        {
            Navigation.NavigateTo("/sign-in");
        }
        else
        {
            var messages = new ValidationMessageStore(_context);
            messages.Add(_context.Field(nameof(Form.Password)), result.Errors.Select(e => e.Description));
            _context.NotifyValidationStateChanged();
        }
    }
}
