using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity.Sessions;

/// <summary>
/// Ties the sign-in cookie to a row: each sign-in makes a new one, whatever cookie came along, and each request looks whether it is still there.
/// So an ended session, a disabled account or a lost right counts from the next request on.
/// </summary>
internal static class SessionCookie
{
    /// <summary>Begins the session of a cookie that is about to be set.</summary>
    /// <param name="context">The sign-in.</param>
    public static async Task BeginAsync(CookieSigningInContext context)
    {
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<SessionService>();
        var user = context.Principal ?? throw new InvalidOperationException("A sign-in without a person.");
        var method = Enum.TryParse<SignInMethod>(user.FindFirstValue(AppClaims.Method), out var named) ? named : SignInMethod.Password;
        if (http.User.Identity?.IsAuthenticated is true && http.User.SessionId() is { } earlier)
        {
            await sessions.EndAsync(http.User.UserId(), earlier, http.RequestAborted);
        }

        var origin = http.Origin();
        var id = await sessions.BeginAsync(user.UserId(), Stamp(user), method, origin.Address, origin.Device, http.RequestAborted);
        await http.RequestServices.GetRequiredService<IAccountEvents>()
            .WriteAsync(AccountEvents.SignedIn, user.UserId(), user.DisplayName(), user.UserId(), CancellationToken.None, Way(user, method));
        ((ClaimsIdentity)user.Identity!).AddClaim(new Claim(AppClaims.Session, id.ToString("N", CultureInfo.InvariantCulture)));
    }

    /// <summary>Ends the session of a cookie that is about to be taken away, and lets the browser forget the pictures it kept.</summary>
    /// <param name="context">The sign-out.</param>
    public static async Task EndAsync(CookieSigningOutContext context)
    {
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        var user = context.HttpContext.User;
        if (user.Identity?.IsAuthenticated is true && user.SessionId() is { } id)
        {
            await context.HttpContext.RequestServices.GetRequiredService<SessionService>().EndAsync(user.UserId(), id, CancellationToken.None);
        }
    }

    /// <summary>Judges the cookie of a request.</summary>
    /// <param name="context">The cookie.</param>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<SessionService>();
        var session = context.Principal?.SessionId() is { } id ? await sessions.FindAsync(id, http.RequestAborted) : null;
        if (session is null || session.UserId != context.Principal!.UserId())
        {
            context.RejectPrincipal();
            await http.SignOutAsync(context.Scheme.Name);
            return;
        }

        await sessions.TouchAsync(session, http.Origin().Address, http.RequestAborted);
        var told = context.Principal!;
        if (session.Name != told.DisplayName() || session.IsAdministrator != told.IsAdministrator() || session.HasSecondFactor != told.HasSecondFactor())
        {
            await RenewAsync(context, session);
        }
    }

    /// <summary>The person's name or rights have changed, or the session is new: the cookie says so from now on.</summary>
    private static async Task RenewAsync(CookieValidatePrincipalContext context, LiveSession session)
    {
        var signIn = context.HttpContext.RequestServices.GetRequiredService<SignInManager<AppUser>>();
        if (await signIn.UserManager.FindByIdAsync(session.UserId) is not { } user)
        {
            context.RejectPrincipal();
            return;
        }

        var fresh = await signIn.CreateUserPrincipalAsync(user);
        var identity = (ClaimsIdentity)fresh.Identity!;
        identity.AddClaim(context.Principal!.FindFirst(AppClaims.Session)!.Clone());
        if (session.HasSecondFactor)
        {
            identity.AddClaim(new Claim(AppClaims.SecondFactor, "true"));
        }

        context.ReplacePrincipal(fresh);
        context.ShouldRenew = true;
    }

    // Identity says with the claim of RFC 8176 whether there was a second step.
    private static string Way(ClaimsPrincipal user, SignInMethod method) => method switch
    {
        SignInMethod.Passkey => "Passkey",
        SignInMethod.Provider => "Sign-in provider",
        _ => user.HasClaim("amr", "mfa") ? "Password and code" : "Password",
    };

    private static string Stamp(ClaimsPrincipal user) =>
        user.FindFirstValue(new ClaimsIdentityOptions().SecurityStampClaimType) ?? throw new InvalidOperationException("A sign-in without a security stamp.");
}
