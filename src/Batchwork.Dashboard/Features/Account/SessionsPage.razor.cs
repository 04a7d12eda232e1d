using System.Globalization;
using Batchwork.Dashboard.Identity.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class SessionsPage
{
    private IReadOnlyList<SessionItem> _sessions = [];

    [SupplyParameterFromQuery]
    private string? Done { get; set; }

    [Inject]
    private SessionService Sessions { get; set; } = default!;

    [Inject]
    private IOptions<SignInSessionOptions> Limits { get; set; } = default!;

    protected override async Task OnInitializedAsync() => _sessions = await Sessions.ListAsync(UserId, HttpContext.RequestAborted);

    private static string Days(int days) => days == 1 ? "a day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");

    private static string Way(SignInMethod method) => method switch
    {
        SignInMethod.Passkey => "Passkey",
        SignInMethod.Provider => "Sign-in provider",
        _ => "Password",
    };
}
