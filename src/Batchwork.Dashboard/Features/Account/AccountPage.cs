using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Components;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>Base of the pages about one's own account.</summary>
public abstract class AccountPage : ComponentBase
{
    [CascadingParameter]
    protected HttpContext HttpContext { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    protected string UserId => HttpContext.User.UserId();

    protected Guid SessionId => HttpContext.User.SessionId() ?? throw new InvalidOperationException("A page of an account needs a session.");
}
