using Batchwork.Dashboard.Identity;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>The way in and out.</summary>
internal static class AccountFeature
{
    public static void MapAccount(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", EnterAsync).AllowAnonymous();
        endpoints.MapPost("/sign-out", LeaveAsync).AllowAnonymous();
    }

    /// <summary>The front door: leads to where the visitor can go on.</summary>
    private static async Task<IResult> EnterAsync(HttpContext context, FirstPerson firstPerson, WorkspaceQueries workspaces, CancellationToken cancellationToken)
    {
        if (!await firstPerson.ExistsAsync(cancellationToken))
        {
            return TypedResults.Redirect("/setup");
        }

        if (context.User.Identity?.IsAuthenticated is not true)
        {
            return TypedResults.Redirect("/sign-in");
        }

        var mine = await workspaces.ListAsync(context.User.UserId(), cancellationToken);
        return mine.Count > 0 ? TypedResults.Redirect($"/w/{mine[0].Slug}") : TypedResults.Redirect("/workspaces");
    }

    private static async Task<IResult> LeaveAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<AppUser> signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        await signIn.SignOutAsync();
        return TypedResults.Redirect("/sign-in");
    }
}
