using Batchwork.Dashboard.Identity.Sessions;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class SessionsPage
{
    private IReadOnlyList<SessionItem> _sessions = [];

    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [Inject]
    private SessionService Sessions { get; set; } = default!;

    protected override async Task OnInitializedAsync() => _sessions = await Sessions.ListAsync(UserId, HttpContext.RequestAborted);

    private static string Way(SignInMethod method) => method switch
    {
        SignInMethod.Passkey => "Passkey",
        SignInMethod.Provider => "Sign-in provider",
        _ => "Password",
    };
}
