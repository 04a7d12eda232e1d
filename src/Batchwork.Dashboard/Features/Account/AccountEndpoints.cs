using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Identity.Sessions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>What the buttons of the account pages send. Forms are checked against forgery by the framework, because they are bound from a form.</summary>
internal static class AccountEndpoints
{
    private const string Security = "/account/security";
    private const string Sessions = "/account/sessions";

    public static void MapAccountEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var account = endpoints.MapGroup("/account").RequireAuthorization();
        account.MapPost("theme", SetThemeAsync);
        account.MapPost("sessions/end", EndSessionAsync);
        account.MapPost("sessions/end-others", EndOthersAsync);
        account.MapPost("second-factor/off", TurnOffSecondFactorAsync);
        account.MapPost("passkeys/options", BeginPasskeyAsync);
        account.MapPost("passkeys/add", AddPasskeyAsync);
        account.MapPost("passkeys/rename", RenamePasskeyAsync);
        account.MapPost("passkeys/remove", RemovePasskeyAsync);
        account.MapPost("confirm/passkey", ProveByPasskeyAsync).RequireRateLimiting(SignInLimiter.Policy);

        endpoints.MapPost("/sign-in/passkey/options", BeginEnterAsync).AllowAnonymous().RequireRateLimiting(SignInLimiter.Policy);
        endpoints.MapPost("/sign-in/passkey", EnterByPasskeyAsync).AllowAnonymous().RequireRateLimiting(SignInLimiter.Policy);
    }

    private static async Task<IResult> SetThemeAsync(HttpContext context, [FromForm] ThemeChoice theme, ThemePreferences themes, CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(theme))
        {
            return TypedResults.BadRequest();
        }

        await themes.SetAsync(context.User.UserId(), theme, cancellationToken);
        return TypedResults.Redirect("/account?done=saved");
    }

    private static async Task<IResult> EndSessionAsync(
        HttpContext context, [FromForm] Guid id, SessionService sessions, RecentProof proof, IAccountEvents events, CancellationToken cancellationToken)
    {
        // Else a thief of one session could shut its owner out of the others.
        if (!await proof.IsThereAsync(context.User, cancellationToken))
        {
            return TypedResults.Redirect(RecentProof.Address(Sessions));
        }

        if (await sessions.EndAsync(context.User.UserId(), id, cancellationToken))
        {
            await NoteEndAsync(context, events);
        }

        return TypedResults.Redirect(Sessions + "?done=session-ended");
    }

    // The unused form value makes the framework ask for the form's token.
    private static async Task<IResult> EndOthersAsync(
        HttpContext context, [FromForm] IFormCollection form, SessionService sessions, RecentProof proof, IAccountEvents events, CancellationToken cancellationToken)
    {
        _ = form;
        if (!await proof.IsThereAsync(context.User, cancellationToken))
        {
            return TypedResults.Redirect(RecentProof.Address(Sessions));
        }

        if (await sessions.EndOthersAsync(context.User.UserId(), context.User.SessionId() ?? Guid.Empty, cancellationToken))
        {
            await NoteEndAsync(context, events);
        }

        return TypedResults.Redirect(Sessions + "?done=sessions-ended");
    }

    private static Task NoteEndAsync(HttpContext context, IAccountEvents events) =>
        events.WriteAsync(AccountEvents.SessionEnded, context.User.UserId(), context.User.DisplayName(), context.User.UserId(), CancellationToken.None);

    private static async Task<IResult> TurnOffSecondFactorAsync(
        HttpContext context, [FromForm] IFormCollection form, AccountSettings settings, RecentProof proof, CancellationToken cancellationToken)
    {
        _ = form;
        if (!await proof.IsThereAsync(context.User, cancellationToken))
        {
            return TypedResults.Redirect(RecentProof.Address(Security));
        }

        await settings.TurnOffSecondFactorAsync(context.User.UserId(), context.User.SessionId()!.Value);
        return TypedResults.Redirect(Security + "?done=second-factor-off");
    }

    private static async Task<IResult> BeginPasskeyAsync(
        HttpContext context, IAntiforgery antiforgery, PasskeyService passkeys, RecentProof proof, CancellationToken cancellationToken)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        return await proof.IsThereAsync(context.User, cancellationToken)
            ? TypedResults.Content(await passkeys.BeginAddAsync(context.User.UserId(), context.User.SessionId()!.Value), "application/json")
            : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
    }

    private static async Task<IResult> AddPasskeyAsync(
        HttpContext context, [FromForm] string credential, [FromForm] string? name, PasskeyService passkeys, RecentProof proof, CancellationToken cancellationToken)
    {
        if (!await proof.IsThereAsync(context.User, cancellationToken))
        {
            return TypedResults.Redirect(RecentProof.Address(Security));
        }

        return TypedResults.Redirect(await passkeys.AddAsync(context.User.UserId(), context.User.SessionId()!.Value, credential, name ?? string.Empty)
            ? Security + "?done=passkey-added"
            : Security + "?failed=passkey");
    }

    private static async Task<IResult> RenamePasskeyAsync(HttpContext context, [FromForm] string id, [FromForm] string? name, PasskeyService passkeys) =>
        await passkeys.RenameAsync(context.User.UserId(), id, name ?? string.Empty) ? TypedResults.Redirect(Security + "?done=passkey-renamed") : TypedResults.NotFound();

    private static async Task<IResult> RemovePasskeyAsync(
        HttpContext context, [FromForm] string id, PasskeyService passkeys, RecentProof proof, CancellationToken cancellationToken)
    {
        if (!await proof.IsThereAsync(context.User, cancellationToken))
        {
            return TypedResults.Redirect(RecentProof.Address(Security));
        }

        return TypedResults.Redirect(await passkeys.RemoveAsync(context.User.UserId(), context.User.SessionId()!.Value, id)
            ? Security + "?done=passkey-removed"
            : Security + "?failed=passkey-last");
    }

    private static async Task<IResult> ProveByPasskeyAsync(HttpContext context, [FromForm] string credential, [FromForm] string? returnUrl, PasskeyService passkeys) =>
        TypedResults.Redirect(await passkeys.ProveAsync(context.User.UserId(), context.User.SessionId()!.Value, credential)
            ? LocalAddress.OrHome(returnUrl)
            : RecentProof.Address(LocalAddress.OrHome(returnUrl)) + "&failed=yes");

    private static async Task<IResult> BeginEnterAsync(HttpContext context, IAntiforgery antiforgery, PasskeyService passkeys) =>
        await antiforgery.IsRequestValidAsync(context) ? TypedResults.Content(await passkeys.BeginEnterAsync(), "application/json") : TypedResults.BadRequest();

    private static async Task<IResult> EnterByPasskeyAsync([FromForm] string credential, [FromForm] string? returnUrl, PasskeyService passkeys) =>
        TypedResults.Redirect(await passkeys.EnterAsync(credential)
            ? LocalAddress.OrHome(returnUrl)
            : $"/sign-in?failed=passkey&returnUrl={Uri.EscapeDataString(LocalAddress.OrHome(returnUrl))}");
}
