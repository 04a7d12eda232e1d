using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Authorization;

/// <summary>Everything the running app answers to.</summary>
internal static class Endpoints
{
    private const string Nothing = "0197a000-0000-7000-8000-000000000000";

    /// <summary>The endpoints and pages by their names in the table: <c>GET /w/{slug}/audit.csv</c>. All static files are one.</summary>
    public static IReadOnlyDictionary<string, RoutePattern> Of(IServiceProvider services)
    {
        var found = new SortedDictionary<string, RoutePattern>(StringComparer.Ordinal);
        foreach (var endpoint in services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.Any(m => m.GetType().Name == "StaticAssetDescriptor"))
            {
                found.TryAdd("GET static files", RoutePatternFactory.Parse("/favicon.svg"));
            }
            else if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            {
                found[$"page {path}"] = endpoint.RoutePattern;
            }
            else
            {
                foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                {
                    found[$"{method} {path}"] = endpoint.RoutePattern;
                }
            }
        }

        return found;
    }

    /// <summary>The address of an endpoint in a workspace, with the ids of a world.</summary>
    public static string Address(RoutePattern pattern, MatrixWorld workspace, MatrixWorld? ids) =>
        "/" + string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => Part(p, workspace, ids)))));

    /// <summary>Whether an address names something of a workspace.</summary>
    public static bool NamesSomething(RoutePattern pattern) => IsInAWorkspace(pattern) && pattern.Parameters.Any(p => p.Name.EndsWith("Id", StringComparison.OrdinalIgnoreCase));

    public static bool IsInAWorkspace(RoutePattern pattern) => pattern.Parameters.Any(p => p.Name.Equals("slug", StringComparison.OrdinalIgnoreCase));

    private static string Part(RoutePatternPart part, MatrixWorld workspace, MatrixWorld? ids) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { Name: "slug" or "Slug" } => workspace.Workspace.Slug,
        RoutePatternParameterPart parameter when parameter.Name.EndsWith("Id", StringComparison.OrdinalIgnoreCase) =>
            ids is not null && ids.Ids.TryGetValue(parameter.Name, out var id) ? id.ToString()! : Nothing,
        RoutePatternParameterPart { Name: "Status" } => "500",
        _ => "x",
    };
}
