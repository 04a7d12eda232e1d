namespace Batchwork.Emulator.Serving;

/// <summary>Maps operations to addresses.</summary>
internal static class OperationEndpoints
{
    public static IEndpointConventionBuilder MapOperation(
        this IEndpointRouteBuilder routes, string method, string pattern, Operation operation, Func<HttpContext, Task<IResult>> handler) =>
        routes.MapMethods(pattern, [method], context => RunAsync(context, operation, handler)).WithDisplayName(operation.Name);

    /// <summary>Maps an address at which several things can be asked for.</summary>
    public static IEndpointConventionBuilder MapOperation(
        this IEndpointRouteBuilder routes,
        string method,
        string pattern,
        Func<HttpContext, Operation> which,
        Func<HttpContext, Task<IResult>> handler) =>
        routes.MapMethods(pattern, [method], context => RunAsync(context, which(context), handler));

    /// <summary>Maps what no other pattern takes.</summary>
    public static IEndpointConventionBuilder MapRest(
        this IEndpointRouteBuilder routes, Operation operation, Func<HttpContext, Task<IResult>> handler) =>
        routes.Map("{**rest}", context => RunAsync(context, operation, handler)).WithDisplayName(operation.Name);

    private static Task RunAsync(HttpContext context, Operation operation, Func<HttpContext, Task<IResult>> handler) =>
        context.RequestServices.GetRequiredService<OperationGate>().RunAsync(context, operation, handler);
}
