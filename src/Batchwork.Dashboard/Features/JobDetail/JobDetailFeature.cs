using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Archives;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Features.JobDetail;

/// <summary>The page of one job, and its pictures as a zip.</summary>
internal static class JobDetailFeature
{
    private static readonly string[] s_getAndHead = [HttpMethods.Get, HttpMethods.Head];

    public static IServiceCollection AddJobDetail(this IServiceCollection services) => services
        .AddScoped<JobCommands>()
        .AddScoped<PartCommands>()
        .AddScoped<ProblemCommands>();

    public static void MapJobDetail(this IEndpointRouteBuilder endpoints)
    {
        var jobs = endpoints.MapWorkspaceGroup();
        jobs.MapMethods("jobs/{jobId:guid}/archive.zip", s_getAndHead, DownloadAsync);
        jobs.MapGet("jobs/{jobId:guid}/unmatched.jsonl", UnmatchedAsync);
    }

    private static async Task<IResult> UnmatchedAsync(Guid jobId, Actor actor, UnmatchedQueries queries, CancellationToken cancellationToken) =>
        await queries.FindAsync(actor, jobId, cancellationToken) is { } results ? new UnmatchedFile(results) : TypedResults.NotFound();

    private static async Task<IResult> DownloadAsync(
        Guid jobId, string? names, Actor actor, ArchiveService archives, ILogger<ArchiveResult> logger, CancellationToken cancellationToken) =>
        NamePattern.Parse(names, out var problem) is not { } pattern ? TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest)
        : await archives.OpenAsync(actor, jobId, pattern, cancellationToken) is { } archive ? new ArchiveResult(archive, logger)
        : TypedResults.NotFound();
}
