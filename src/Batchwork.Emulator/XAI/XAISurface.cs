using Batchwork.Emulator.Files;
using Batchwork.Emulator.Results;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.XAI;

/// <summary>xAI's API under <c>/xai/v1</c>, and the pictures it hosts beside it.</summary>
internal static class XAISurface
{
    public const string Provider = "xai";

    /// <summary>Where hosted pictures are.</summary>
    public const string Hosted = "/xai/hosted";

    private static readonly XAIErrorFormat s_errors = new();

    public static IServiceCollection AddXAISurface(this IServiceCollection services) => services
        .AddSingleton<XAIKeys>()
        .AddSingleton<XAIFiles>()
        .AddSingleton<XAIBatchView>()
        .AddSingleton<XAIBatchCreator>()
        .AddSingleton<XAIBatches>()
        .AddSingleton<XAIResults>()
        .AddSingleton<XAIHostedPictures>()
        .AddSingleton<XAIModelList>()
        .AddKeyedSingleton<ILineReader, XAILineReader>(Provider)
        .AddKeyedSingleton<IAnswerFormat, XAIResultFormat>(Provider);

    public static void MapXAISurface(this IEndpointRouteBuilder routes)
    {
        // Without a key: the addresses are secret enough for an hour.
        routes.MapOperation(
            "GET",
            Hosted + "/xai-imgen/{name}",
            new Operation($"{Provider}.pictures.get", s_errors),
            context => context.RequestServices.GetRequiredService<XAIHostedPictures>().GetAsync(context));
        var v1 = routes.MapGroup("/xai/v1");
        Map(v1, "POST", "/files", "files.upload", on => on.GetRequiredService<XAIFiles>().CreateAsync);
        Map(v1, "GET", "/files", "files.list", on => on.GetRequiredService<XAIFiles>().ListAsync);
        Map(v1, "GET", "/files/{id}", "files.get", on => on.GetRequiredService<XAIFiles>().GetAsync);
        Map(v1, "DELETE", "/files/{id}", "files.delete", on => on.GetRequiredService<XAIFiles>().DeleteAsync);
        Map(v1, "GET", "/files/{id}/content", "files.content", on => on.GetRequiredService<XAIFiles>().ContentAsync);
        Map(v1, "POST", "/batches", "batches.create", on => on.GetRequiredService<XAIBatchCreator>().CreateAsync);
        Map(v1, "GET", "/batches", "batches.list", on => on.GetRequiredService<XAIBatches>().ListAsync);
        Map(v1, "GET", "/batches/{id}", "batches.get", on => on.GetRequiredService<XAIBatches>().GetAsync);
        Map(v1, "POST", "/batches/{id}:cancel", "batches.cancel", on => on.GetRequiredService<XAIBatches>().CancelAsync);
        Map(v1, "GET", "/batches/{id}/results", "batches.results", on => on.GetRequiredService<XAIResults>().ListAsync);
        Map(v1, "GET", "/batches/{id}/requests", "batches.requests", on => on.GetRequiredService<XAIResults>().RequestsAsync);
        Map(v1, "GET", "/models", "models.list", on => on.GetRequiredService<XAIModelList>().ListAsync);
        Map(v1, "GET", "/models/{id}", "models.get", on => on.GetRequiredService<XAIModelList>().GetAsync);
        Map(v1, "GET", "/image-generation-models", "models.list-image", on => on.GetRequiredService<XAIModelList>().ListImageModelsAsync);
        Map(v1, "GET", "/image-generation-models/{id}", "models.get-image", on => on.GetRequiredService<XAIModelList>().GetImageModelAsync);
        v1.MapRest(new Operation("xai.unknown", s_errors), _ => Task.FromResult<IResult>(
            XAIError.NotFound("The requested resource was not found. Please check the URL and try again.")));
    }

    private static void Map(
        IEndpointRouteBuilder routes,
        string method,
        string pattern,
        string name,
        Func<IServiceProvider, Func<HttpContext, Task<IResult>>> handler) =>
        routes.MapOperation(method, pattern, new Operation($"{Provider}.{name}", s_errors), async context =>
            context.RequestServices.GetRequiredService<XAIKeys>().Check(context) is { } refused
                ? refused
                : await handler(context.RequestServices)(context));
}
