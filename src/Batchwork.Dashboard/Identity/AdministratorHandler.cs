using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Batchwork.Dashboard.Identity;

internal sealed class AdministratorHandler(Administrators administrators) : AuthorizationHandler<AdministratorRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, AdministratorRequirement requirement)
    {
        if (context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } userId
            && await administrators.FindAsync(userId, CancellationToken.None) is not null)
        {
            context.Succeed(requirement);
        }
    }
}
