using Batchwork.Dashboard.Identity;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>Where an invitation's link leads. Plain HTML: it must work before there is anybody to open a circuit for.</summary>
public sealed partial class JoinPage
{
    private EditContext _context = default!;
    private InvitationView? _invitation;
    private string? _signedInEmail;
    private State _state;

    private enum State
    {
        NewAccount,
        SignIn,
        Member,
        SomebodyElse,
    }

    [Parameter]
    public string Token { get; set; } = string.Empty;

    [SupplyParameterFromForm]
    private JoinForm Form { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    [Inject]
    private InvitationService Invitations { get; set; } = default!;

    [Inject]
    private JoinService Joining { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Form ??= new JoinForm();
        _context = new EditContext(Form);

        // The secret stands in the address: no cache may keep it, and no other site may be told of it.
        HttpContext.Response.Headers.CacheControl = "no-store";
        HttpContext.Response.Headers["Referrer-Policy"] = "no-referrer";
        _invitation = await Invitations.FindAsync(Token, HttpContext.RequestAborted);
        if (_invitation is null)
        {
            HttpContext.Response.StatusCode = StatusCodes.Status410Gone;
            return;
        }

        if (HttpContext.User.Identity?.IsAuthenticated is true)
        {
            _signedInEmail = await Joining.EmailOfAsync(HttpContext.User.UserId());
            _state = string.Equals(_signedInEmail, _invitation.Email, StringComparison.OrdinalIgnoreCase) ? State.Member : State.SomebodyElse;
        }
        else
        {
            _state = await Joining.HasAccountAsync(_invitation.Email) ? State.SignIn : State.NewAccount;
        }
    }

    private async Task JoinAsync()
    {
        if (_state is State.Member)
        {
            Enter(await Joining.JoinAsync(HttpContext.User.Person(HttpContext.Origin()), Token, HttpContext.RequestAborted));
        }
    }

    private async Task CreateAsync()
    {
        if (_state is not State.NewAccount || _invitation is null)
        {
            return;
        }

        var (workspace, errors) = await Joining.CreateAndJoinAsync(_invitation, Token, Form, HttpContext.Origin(), HttpContext.RequestAborted);
        if (errors.Count == 0)
        {
            Enter(workspace);
            return;
        }

        var messages = new ValidationMessageStore(_context);
        foreach (var error in errors)
        {
            messages.Add(_context.Field(nameof(Form.Password)), error.Description);
        }

        _context.NotifyValidationStateChanged();
    }

    private void Enter(WorkspaceSummary? workspace)
    {
        if (workspace is null)
        {
            _invitation = null;
        }
        else
        {
            Navigation.NavigateTo($"/w/{workspace.Slug}");
        }
    }
}
