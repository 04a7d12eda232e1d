using System.Security.Claims;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Identity.Provider;
using Batchwork.Dashboard.Identity.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>The way to the sign-in provider and back.</summary>
internal static class ProviderEndpoints
{
    public static void MapProvider(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-in/provider", Leave).AllowAnonymous().RequireRateLimiting(SignInLimiter.Policy);
        endpoints.MapGet("/sign-in/provider/done", ReturnAsync).AllowAnonymous();
        endpoints.MapPost("/account/provider/connect", ConnectAsync).RequireAuthorization();
        endpoints.MapPost("/account/provider/disconnect", DisconnectAsync).RequireAuthorization();
        endpoints.MapGet("/account/provider/done", ConnectedAsync).RequireAuthorization();
    }

    private static IResult Leave([FromForm] string? returnUrl, IOptions<ProviderOptions> options) => options.Value.IsOn
        ? TypedResults.Challenge(Back($"/sign-in/provider/done?returnUrl={Uri.EscapeDataString(LocalAddress.OrHome(returnUrl))}"), [ProviderServices.Scheme])
        : TypedResults.NotFound();

    private static async Task<IResult> ReturnAsync(HttpContext context, string? returnUrl, ProviderSignIn provider, CancellationToken cancellationToken)
    {
        var outcome = await TakeAsync(context) is { } external ? await provider.EnterAsync(external, cancellationToken) : ProviderOutcome.Failed;
        return TypedResults.Redirect(outcome switch
        {
            ProviderOutcome.Entered => LocalAddress.OrHome(returnUrl),
            ProviderOutcome.Unknown => "/sign-in?failed=provider-unknown",
            ProviderOutcome.EmailNotVerified => "/sign-in?failed=provider-email",
            ProviderOutcome.ConnectByHand => "/sign-in?failed=provider-connect",
            _ => "/sign-in?failed=provider",
        });
    }

    private static async Task<IResult> ConnectAsync(
        HttpContext context, [FromForm] IFormCollection form, RecentProof proof, IOptions<ProviderOptions> options, CancellationToken cancellationToken)
    {
        _ = form;
        if (!options.Value.IsOn)
        {
            return TypedResults.NotFound();
        }

        return await proof.IsThereAsync(context.User, cancellationToken)
            ? TypedResults.Challenge(Back("/account/provider/done"), [ProviderServices.Scheme])
            : TypedResults.Redirect(RecentProof.Address("/account/security"));
    }

    private static async Task<IResult> DisconnectAsync(
        HttpContext context, [FromForm] IFormCollection form, AccountSettings settings, RecentProof proof, CancellationToken cancellationToken)
    {
        _ = form;
        if (!await proof.IsThereAsync(context.User, cancellationToken))
        {
            return TypedResults.Redirect(RecentProof.Address("/account/security"));
        }

        return TypedResults.Redirect(await settings.DisconnectProviderAsync(context.User.UserId(), context.User.SessionId()!.Value)
            ? "/account/security?done=unlinked"
            : "/account/security?failed=unlinked");
    }

    private static async Task<IResult> ConnectedAsync(HttpContext context, ProviderSignIn provider, RecentProof proof, CancellationToken cancellationToken)
    {
        var isDone = await TakeAsync(context) is { } external
            && await proof.IsThereAsync(context.User, cancellationToken)
            && await provider.ConnectAsync(context.User.UserId(), external);
        return TypedResults.Redirect(isDone ? "/account/security?done=linked" : "/account/security?failed=linked");
    }

    private static AuthenticationProperties Back(string address) => new() { RedirectUri = address };

    /// <summary>What the provider said, once: the cookie that carries it from its callback to here is taken away.</summary>
    private static async Task<ClaimsPrincipal?> TakeAsync(HttpContext context)
    {
        var answer = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        return answer.Succeeded ? answer.Principal : null;
    }
}
