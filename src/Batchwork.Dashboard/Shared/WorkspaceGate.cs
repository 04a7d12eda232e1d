using Batchwork.Dashboard.Identity;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Batchwork.Dashboard.Shared;

/// <summary>
/// Stands before everything under <c>/w/{slug}</c>, pages and endpoints alike: whoever is no member gets the same 404 as for a workspace that
/// does not exist, and an endpoint finds the <see cref="Actor"/> among the request's features.
/// </summary>
internal sealed class WorkspaceGate(RequestDelegate next, WorkspaceQueries workspaces, Memberships memberships)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Strangers pass: authorization, which comes next, leads them to sign-in.
        if (context.User.Identity?.IsAuthenticated is true && context.GetEndpoint() is not null && context.Request.RouteValues.TryGetValue("slug", out var slug))
        {
            var workspace = await workspaces.FindAsync(slug?.ToString() ?? string.Empty, context.User.UserId(), context.RequestAborted);
            var actor = workspace is null
                ? null
                : await memberships.ActorAsync(workspace.Id, context.User.Person(context.Origin()), context.RequestAborted);
            if (workspace is null || actor is null)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            if (actor.NeedsSecondFactor)
            {
                Refuse(context);
                return;
            }

            context.Features.Set(new WorkspaceContext(workspace.Id, workspace.Slug, workspace.Name, actor));
        }

        await next(context);
    }

    /// <summary>A page leads to what is missing; whatever else asks is told no.</summary>
    private static void Refuse(HttpContext context)
    {
        if (context.GetEndpoint()!.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            context.Response.Redirect(SecondFactorAddress.Of(context.Request.Path + context.Request.QueryString));
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
    }
}
