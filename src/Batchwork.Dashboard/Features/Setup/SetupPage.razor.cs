using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Features.Setup;

public sealed partial class SetupPage
{
    private EditContext _context = default!;
    private State _state;

    private enum State
    {
        NeedsCode,
        Form,
        Done,
    }

    [SupplyParameterFromQuery]
    private string? Code { get; set; }

    [SupplyParameterFromForm]
    private SetupForm Form { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private SetupService Setup { get; set; } = default!;

    [Inject]
    private FirstPerson FirstPerson { get; set; } = default!;

    [Inject]
    private SetupCode SetupCode { get; set; } = default!;

    [Inject]
    private SignInManager<AppUser> SignIn { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new SetupForm();
        _context = new EditContext(Form);
        if (await FirstPerson.ExistsAsync(HttpContext.RequestAborted))
        {
            _state = State.Done;
        }
        else if (SetupCode.Matches(Code))
        {
            _state = State.Form;
        }
        else
        {
            HttpContext.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }

    private async Task CreateAsync()
    {
        if (_state is not State.Form)
        {
            return;
        }

        var result = await Setup.CreateAdministratorAsync(new NewAdministrator(Form.Name, Form.Email, Form.Password), HttpContext.RequestAborted);
        if (result.UserId is { } id)
        {
            var user = await SignIn.UserManager.FindByIdAsync(id) ?? throw new InvalidOperationException("The administrator was just made.");
            await SignIn.SignInAsync(user, isPersistent: true);
            Navigation.NavigateTo("/");
        }
        else if (result.IsTooLate)
        {
            _state = State.Done;
        }
        else
        {
            Show(result.Errors);
        }
    }

    private void Show(IReadOnlyList<IdentityError> errors)
    {
        var messages = new ValidationMessageStore(_context);
        foreach (var error in errors)
        {
            var field = error.Code.Contains("Email", StringComparison.Ordinal) || error.Code.Contains("UserName", StringComparison.Ordinal)
                ? nameof(Form.Email)
                : nameof(Form.Password);
            messages.Add(_context.Field(field), error.Description);
        }

        _context.NotifyValidationStateChanged();
    }
}
