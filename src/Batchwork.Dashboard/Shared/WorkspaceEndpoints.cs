using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Antiforgery;

namespace Batchwork.Dashboard.Shared;

/// <summary>
/// The way to add endpoints under <c>/w/{slug}</c>. Sign-in is needed, a foreign slug is 404, a forged POST is 400, a role that does not suffice is
/// 403. Take the <see cref="Actor"/> as a parameter of the handler: <c>(Actor actor, Guid id, …) =&gt; …</c>.
/// </summary>
public static class WorkspaceEndpoints
{
    /// <summary>Makes the request's <see cref="Actor"/> a service, which is how handlers get it.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddWorkspaceEndpoints(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(provider =>
            provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<WorkspaceContext>()?.Actor
            ?? throw new InvalidOperationException("Only requests under /w/{slug} have an actor; pages take theirs from the WorkspaceContext."));
        return services;
    }

    /// <summary>Begins a group of endpoints.</summary>
    /// <param name="endpoints">The app.</param>
    /// <returns>The group; routes in it are relative to the workspace, for example <c>images/{id:guid}</c>.</returns>
    public static RouteGroupBuilder MapWorkspaceGroup(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);

        return endpoints.MapGroup("/w/{slug}")
            .RequireAuthorization()
            .AddEndpointFilter(RefuseForgeryAsync)
            .AddEndpointFilter(RefuseByRoleAsync);
    }

    private static async ValueTask<object?> RefuseForgeryAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var method = http.Request.Method;
        var isSafe = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
        return isSafe || await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
            ? await next(context)
            : TypedResults.Problem("This form is too old or was not ours. Reload the page and try again.", statusCode: StatusCodes.Status400BadRequest);
    }

    private static async ValueTask<object?> RefuseByRoleAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (NotAllowedException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status403Forbidden);
        }
    }
}
