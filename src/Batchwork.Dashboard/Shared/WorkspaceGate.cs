using Batchwork.Dashboard.Identity;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Shared;

/// <summary>
/// Stands before everything under <c>/w/{slug}</c>, pages and endpoints alike: whoever is no member gets the same 404 as for a workspace that
/// does not exist, and an endpoint finds the <see cref="Actor"/> among the request's features.
/// </summary>
internal sealed class WorkspaceGate(RequestDelegate next, WorkspaceQueries workspaces, Memberships memberships)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not null && context.Request.RouteValues.TryGetValue("slug", out var slug))
        {
            var workspace = context.User.Identity?.IsAuthenticated is true
                ? await workspaces.FindAsync(slug?.ToString() ?? string.Empty, context.User.UserId(), context.RequestAborted)
                : null;
            var actor = workspace is null
                ? null
                : await memberships.ActorAsync(workspace.Id, context.User.Person(context.Origin()), context.RequestAborted);
            if (workspace is null || actor is null)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            context.Features.Set(new WorkspaceContext(workspace.Id, workspace.Slug, workspace.Name, actor));
        }

        await next(context);
    }
}
