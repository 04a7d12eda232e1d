using Batchwork.Engine.Connections;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Pictures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Authorization;

/// <summary>A workspace with a member of each role and one of each thing that can be asked for.</summary>
internal sealed class MatrixWorld
{
    /// <summary>Stands in the names of all things of a world, so that no list of another may show it.</summary>
    public required string Mark { get; init; }

    public required WorkspaceSummary Workspace { get; init; }

    /// <summary>One actor a role, as its open page has one.</summary>
    public Dictionary<string, Actor> Actors { get; } = [];

    /// <summary>The ids of its things, by the names of parameters.</summary>
    public Dictionary<string, object> Ids { get; } = new(StringComparer.OrdinalIgnoreCase);

    public GalleryPlaces? Places { get; set; }

    /// <summary>Makes a world.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="members">Who is in it: role and person. More may be let in by <see cref="AddAsync"/>.</param>
    /// <param name="owner">Its maker.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<MatrixWorld> CreateAsync(
        IServiceProvider services, IEnumerable<(Role Role, string UserId)> members, string owner, CancellationToken cancellationToken)
    {
        var mark = $"mark-{Guid.NewGuid():N}";
        var workspace = await services.GetRequiredService<WorkspaceService>().CreateAsync(new Administrator(owner, owner), mark[..30], cancellationToken);
        var world = new MatrixWorld { Mark = mark, Workspace = workspace! };
        foreach (var (role, userId) in members)
        {
            await world.AddAsync(services, role, userId, cancellationToken);
        }

        await world.FillAsync(services, (await services.GetRequiredService<Memberships>().ActorAsync(workspace!.Id, new Person(owner, owner), cancellationToken))!, cancellationToken);
        return world;
    }

    public async Task<Actor> AddAsync(IServiceProvider services, Role role, string userId, CancellationToken cancellationToken)
    {
        await using (var context = await ContextAsync(services, cancellationToken))
        {
            if (!await context.Members.AnyAsync(m => m.WorkspaceId == Workspace.Id && m.UserId == userId, cancellationToken))
            {
                context.Members.Add(new Member { WorkspaceId = Workspace.Id, UserId = userId, Role = role, JoinedAt = DateTimeOffset.UnixEpoch });
                await context.SaveChangesAsync(cancellationToken);
            }
        }

        var actor = await services.GetRequiredService<Memberships>().ActorAsync(Workspace.Id, new Person(userId, userId), cancellationToken);
        Actors.TryAdd(role.ToString(), actor!);
        return actor!;
    }

    private static Task<EngineDbContext> ContextAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(cancellationToken);

    private async Task FillAsync(IServiceProvider services, Actor owner, CancellationToken cancellationToken)
    {
        var edit = new ConnectionEdit { Provider = "openai", Label = Mark, ApiKey = $"sk-{Mark}" };
        var connection = await services.GetRequiredService<ConnectionService>().AddAsync(owner, edit, cancellationToken);
        var upload = await services.GetRequiredService<SheetService>().FromPromptsAsync(owner, $"a cat {Mark}", cancellationToken);
        var draft = await services.GetRequiredService<DraftService>().CreateAsync(owner, upload.SheetId!.Value, cancellationToken);
        var job = await new JobBuilder(services, owner).Named(Mark).In(JobState.Done).Rows(1, RowState.Stored).Pictures((_, _) => TestPictures.Png(8, 8)).SaveAsync(cancellationToken);
        var invited = await services.GetRequiredService<InvitationService>().InviteAsync(owner, $"{Mark}@example.com", Role.Viewer, cancellationToken);
        await AddAsync(services, Role.Viewer, $"victim-{Mark}", cancellationToken);
        await using var context = await ContextAsync(services, cancellationToken);
        Ids["connectionId"] = connection.Id!.Value;
        Ids["sheetId"] = upload.SheetId.Value;
        Ids["draftId"] = Ids["id"] = draft!.Value;
        Ids["jobId"] = job;
        Ids["partId"] = await context.JobParts.Where(p => p.JobId == job).Select(p => p.Id).SingleAsync(cancellationToken);
        Ids["imageId"] = await context.StoredImages.Where(i => i.JobId == job).Select(i => i.Id).SingleAsync(cancellationToken);
        Ids["invitationId"] = invited.Links[0].Id;
        Ids["userId"] = $"victim-{Mark}";
        Places = await services.GetRequiredService<GalleryQueries>().PlacesAsync(owner, job, cancellationToken);
    }
}
