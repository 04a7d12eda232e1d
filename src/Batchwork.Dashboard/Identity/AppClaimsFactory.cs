using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Identity;

internal sealed class AppClaimsFactory(UserManager<AppUser> users, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<AppUser>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(AppUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(AppClaims.Name, user.Name));
        if (user.IsAdministrator)
        {
            identity.AddClaim(new Claim(AppClaims.IsAdministratorType, "true"));
        }

        return identity;
    }
}
