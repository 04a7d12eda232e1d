using Batchwork.Emulator.Files;
using Batchwork.Emulator.Results;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.OpenAI;

/// <summary>OpenAI's API under <c>/openai/v1</c>.</summary>
internal static class OpenAISurface
{
    public const string Provider = "openai";
    private static readonly OpenAIErrorFormat s_errors = new();

    public static IServiceCollection AddOpenAISurface(this IServiceCollection services) => services
        .AddSingleton<OpenAIKeys>()
        .AddSingleton<OpenAIFiles>()
        .AddSingleton<OpenAIBatchCreator>()
        .AddSingleton<OpenAIBatches>()
        .AddSingleton<OpenAIBatchView>()
        .AddSingleton<OpenAIModelList>()
        .AddKeyedSingleton<ILineReader, OpenAILineReader>(Provider)
        .AddKeyedSingleton<IAnswerFormat, OpenAIResultFormat>(Provider);

    public static void MapOpenAISurface(this IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/openai/v1");
        Map(v1, "POST", "/files", "files.upload", services => services.GetRequiredService<OpenAIFiles>().CreateAsync);
        Map(v1, "GET", "/files", "files.list", services => services.GetRequiredService<OpenAIFiles>().ListAsync);
        Map(v1, "GET", "/files/{id}", "files.retrieve", services => services.GetRequiredService<OpenAIFiles>().RetrieveAsync);
        Map(v1, "DELETE", "/files/{id}", "files.delete", services => services.GetRequiredService<OpenAIFiles>().DeleteAsync);
        Map(v1, "GET", "/files/{id}/content", "files.content", services => services.GetRequiredService<OpenAIFiles>().ContentAsync);
        Map(v1, "POST", "/batches", "batches.create", services => services.GetRequiredService<OpenAIBatchCreator>().CreateAsync);
        Map(v1, "GET", "/batches", "batches.list", services => services.GetRequiredService<OpenAIBatches>().ListAsync);
        Map(v1, "GET", "/batches/{id}", "batches.retrieve", services => services.GetRequiredService<OpenAIBatches>().RetrieveAsync);
        Map(v1, "POST", "/batches/{id}/cancel", "batches.cancel", services => services.GetRequiredService<OpenAIBatches>().CancelAsync);
        Map(v1, "GET", "/models", "models.list", services => services.GetRequiredService<OpenAIModelList>().ListAsync);
        Map(v1, "GET", "/models/{id}", "models.retrieve", services => services.GetRequiredService<OpenAIModelList>().RetrieveAsync);
        v1.MapRest(new Operation("openai.unknown", s_errors), context => Task.FromResult<IResult>(
            new OpenAIError(404, $"Invalid URL ({context.Request.Method} {context.Request.Path})", "invalid_request_error", null, null)));
    }

    private static void Map(
        IEndpointRouteBuilder routes,
        string method,
        string pattern,
        string name,
        Func<IServiceProvider, Func<HttpContext, Task<IResult>>> handler) =>
        routes.MapOperation(method, pattern, new Operation($"{Provider}.{name}", s_errors), async context =>
            context.RequestServices.GetRequiredService<OpenAIKeys>().Check(context) is { } refused
                ? refused
                : await handler(context.RequestServices)(context));
}
