using Batchwork.Emulator.Files;
using Batchwork.Emulator.Results;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.Google;

/// <summary>Google's API under <c>/google/v1beta</c>, with its uploads and downloads beside it.</summary>
internal static class GoogleSurface
{
    public const string Provider = "google";

    private static readonly GoogleErrorFormat s_errors = new();

    public static IServiceCollection AddGoogleSurface(this IServiceCollection services) => services
        .AddSingleton<GoogleKeys>()
        .AddSingleton<GoogleFiles>()
        .AddSingleton<GoogleUploads>()
        .AddSingleton<GoogleOperation>()
        .AddSingleton<GoogleBatchCreator>()
        .AddSingleton<GoogleBatches>()
        .AddSingleton<GoogleModelList>()
        .AddKeyedSingleton<ILineReader, GoogleLineReader>(Provider)
        .AddKeyedSingleton<IAnswerFormat, GoogleResultFormat>(Provider);

    public static void MapGoogleSurface(this IEndpointRouteBuilder routes)
    {
        var google = routes.MapGroup("/google");
        MapUploads(google);
        Map(
            google,
            "GET",
            "/download/v1beta/files/{id}:download",
            "files.download",
            on => on.GetRequiredService<GoogleFiles>().DownloadAsync);
        var v1 = google.MapGroup("/v1beta");
        Map(v1, "GET", "/files/{id}:download", "files.download", on => on.GetRequiredService<GoogleFiles>().DownloadAsync);
        Map(v1, "GET", "/files", "files.list", on => on.GetRequiredService<GoogleFiles>().ListAsync);
        Map(v1, "GET", "/files/{id}", "files.get", on => on.GetRequiredService<GoogleFiles>().GetAsync);
        Map(v1, "DELETE", "/files/{id}", "files.delete", on => on.GetRequiredService<GoogleFiles>().DeleteAsync);
        Map(
            v1,
            "POST",
            "/models/{id}:batchGenerateContent",
            "batches.create",
            on => on.GetRequiredService<GoogleBatchCreator>().CreateAsync);
        Map(v1, "GET", "/batches", "batches.list", on => on.GetRequiredService<GoogleBatches>().ListAsync);
        Map(v1, "GET", "/batches/{id}", "batches.get", on => on.GetRequiredService<GoogleBatches>().GetAsync);
        Map(v1, "POST", "/batches/{id}:cancel", "batches.cancel", on => on.GetRequiredService<GoogleBatches>().CancelAsync);
        Map(v1, "DELETE", "/batches/{id}", "batches.delete", on => on.GetRequiredService<GoogleBatches>().DeleteAsync);
        Map(v1, "GET", "/models", "models.list", on => on.GetRequiredService<GoogleModelList>().ListAsync);
        Map(v1, "GET", "/models/{id}", "models.get", on => on.GetRequiredService<GoogleModelList>().GetAsync);
        google.MapRest(new Operation("google.unknown", s_errors), _ => Task.FromResult<IResult>(
            GoogleError.NotFound("The requested URL was not found on this server.")));
    }

    // Begun and continued at the same address; the session's id, a secret, is all that the later calls carry.
    private static void MapUploads(IEndpointRouteBuilder google)
    {
        var start = new Operation($"{Provider}.files.start", s_errors);
        var upload = new Operation($"{Provider}.files.upload", s_errors);
        google.MapOperation("POST", "/upload/v1beta/files", context => IsBegun(context) ? upload : start, context =>
        {
            var uploads = context.RequestServices.GetRequiredService<GoogleUploads>();
            return IsBegun(context) ? uploads.ContinueAsync(context) : Checked(context, uploads.StartAsync);
        });

        static bool IsBegun(HttpContext context) => context.Request.Query.ContainsKey("upload_id");
    }

    private static void Map(
        IEndpointRouteBuilder routes,
        string method,
        string pattern,
        string name,
        Func<IServiceProvider, Func<HttpContext, Task<IResult>>> handler) =>
        routes.MapOperation(method, pattern, new Operation($"{Provider}.{name}", s_errors), context =>
            Checked(context, handler(context.RequestServices)));

    private static async Task<IResult> Checked(HttpContext context, Func<HttpContext, Task<IResult>> handler) =>
        context.RequestServices.GetRequiredService<GoogleKeys>().Check(context) is { } refused ? refused : await handler(context);
}
