using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Security;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>Members, invitations, workspaces and the audit log.</summary>
internal static class TeamsFeature
{
    public static IServiceCollection AddTeams(this IServiceCollection services)
    {
        services.AddSingleton<TeamReader>();
        services.AddSingleton<InvitationMail>();
        services.AddScoped<TeamCommands>();
        services.AddScoped<JoinService>();
        return services;
    }

    public static void MapTeams(this IEndpointRouteBuilder endpoints) => endpoints.MapWorkspaceGroup().MapGet("audit.csv", ExportAsync).RequireRateLimiting(DownloadLimits.Policy);

    private static async Task<IResult> ExportAsync(
        HttpContext context, Actor actor, string? q, string? thing, string? from, string? until, bool? all, AuditQueries queries, AuditLog log, Administrators administrators, CancellationToken cancellationToken)
    {
        var filter = new AuditView(q, thing, from, until).ToFilter();
        if (all is true)
        {
            if (await administrators.FindAsync(actor.UserId, cancellationToken) is not { } administrator)
            {
                return TypedResults.Problem("Only an administrator of this installation reads its whole audit log.", statusCode: StatusCodes.Status403Forbidden);
            }

            var whole = queries.ExportAll(administrator, filter);
            await log.WriteAsync(context.User.Person(actor.Origin), AuditActions.AuditExported, "whole installation", subjectId: null, before: null, after: null, cancellationToken);
            return new AuditFile(whole, "audit-log.csv");
        }

        var items = queries.Export(actor, filter);
        await log.WriteAsync(actor, AuditActions.AuditExported, "this workspace", subjectId: null, cancellationToken);
        return new AuditFile(items, "audit-log.csv");
    }
}
