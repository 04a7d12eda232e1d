using Batchwork.Dashboard.Security;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Archives;
using Batchwork.Engine.Auditing;
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
        .AddScoped<SentAgain>()
        .AddScoped<ProblemCommands>();

    public static void MapJobDetail(this IEndpointRouteBuilder endpoints)
    {
        var jobs = endpoints.MapWorkspaceGroup();
        jobs.MapMethods("jobs/{jobId:guid}/archive.zip", s_getAndHead, DownloadAsync).RequireRateLimiting(DownloadLimits.Policy);
        jobs.MapGet("jobs/{jobId:guid}/unmatched.jsonl", UnmatchedAsync).RequireRateLimiting(DownloadLimits.Policy);
    }

    private static async Task<IResult> UnmatchedAsync(Guid jobId, Actor actor, UnmatchedQueries queries, AuditLog log, CancellationToken cancellationToken)
    {
        if (await queries.FindAsync(actor, jobId, cancellationToken) is not { } results)
        {
            return TypedResults.NotFound();
        }

        await log.WriteAsync(actor, AuditActions.UnmatchedDownloaded, "results without a row", jobId, cancellationToken);
        return new UnmatchedFile(results);
    }

    private static async Task<IResult> DownloadAsync(
        Guid jobId, string? names, Actor actor, ArchiveService archives, AuditLog log, HttpRequest request, ILogger<ArchiveResult> logger, CancellationToken cancellationToken)
    {
        if (NamePattern.Parse(names, out var problem) is not { } pattern)
        {
            return TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);
        }

        if (await archives.OpenAsync(actor, jobId, pattern, cancellationToken) is not { } archive)
        {
            return TypedResults.NotFound();
        }

        if (request.IsDownload())
        {
            await log.WriteAsync(actor, AuditActions.ArchiveDownloaded, archive.FileName, jobId, cancellationToken);
        }

        return new ArchiveResult(archive, logger);
    }
}
