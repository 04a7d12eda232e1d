using Batchwork.Engine.Auditing;
using Batchwork.Engine.Drafts.Checking;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Drafts;

/// <summary>Makes drafts and changes their settings. Everything is saved at once; rows are <see cref="DraftRowService"/>'s.</summary>
/// <param name="contexts">Makes the contexts.</param>
/// <param name="sheets">Takes in the demo sheet.</param>
/// <param name="start">Chooses the first settings.</param>
/// <param name="settingsReader">Reads under which settings rows are checked.</param>
/// <param name="writer">Makes changes.</param>
/// <param name="checker">Checks new drafts.</param>
/// <param name="liveUpdates">Tells open pages.</param>
/// <param name="time">The clock.</param>
public sealed class DraftService(
    IDbContextFactory<EngineDbContext> contexts,
    SheetService sheets,
    DraftStart start,
    CheckSettingsReader settingsReader,
    DraftWriter writer,
    DraftChecker checker,
    ILiveUpdates liveUpdates,
    TimeProvider time)
{
    private const int NameLength = 120;

    /// <summary>Makes a draft of a sheet and checks it.</summary>
    /// <param name="actor">Who makes it; a Creator at least.</param>
    /// <param name="sheetId">The sheet.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The draft, or <see langword="null"/> when there is no such sheet here.</returns>
    public Task<Guid?> CreateAsync(Actor actor, Guid sheetId, CancellationToken cancellationToken) =>
        CreateAsync(actor, sheetId, demo: false, cancellationToken);

    /// <summary>Makes a draft of the demo sheet on the demo connection.</summary>
    /// <param name="actor">Who makes it; a Creator at least.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The draft.</returns>
    public async Task<Guid> CreateDemoAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var content = DemoSheet.Open();
        var upload = await sheets.UploadAsync(actor, DemoSheet.FileName, content, cancellationToken);
        return await CreateAsync(actor, upload.SheetId ?? throw new InvalidOperationException(upload.Faults[0].Message), demo: true, cancellationToken)
            ?? throw new InvalidOperationException("The demo sheet was stored and is not there.");
    }

    /// <summary>Saves the settings.</summary>
    /// <param name="actor">Who changes them; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="revision">The revision the person saw.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What came of it.</returns>
    public Task<DraftOutcome> UpdateSettingsAsync(Actor actor, Guid draftId, int revision, DraftSettings settings, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            actor,
            draftId,
            revision,
            async (context, draft) =>
            {
                draft.Name = NameOf(settings.Name, draft.Name);
                draft.ConnectionId = settings.ConnectionId;
                draft.Model = settings.Model;
                var read = await settingsReader.ReadAsync(context, draft, cancellationToken);
                if (read.Adapter is not null && settings.Model is null)
                {
                    draft.Model = read.Adapter.Models.FirstOrDefault(m => m.Batch != false)?.Id;
                    read = read with { Model = draft.Model };
                }

                var rules = read.Adapter?.Models.FirstOrDefault(m => m.Id == draft.Model);
                draft.Defaults = DefaultsMapping.ToDefaults(settings, read.Provider, rules);
                return DraftOutcome.Saved;
            },
            cancellationToken);

    /// <summary>Remembers the step a person is at, so that a reload returns to it.</summary>
    /// <param name="actor">Who is there; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="step">2 settings and check, 3 review.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there is such a draft.</returns>
    public async Task<bool> GoToStepAsync(Actor actor, Guid draftId, int step, CancellationToken cancellationToken)
    {
        actor.Require(Role.Creator);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Drafts
            .Where(d => d.Id == draftId && d.WorkspaceId == actor.WorkspaceId)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Step, Math.Clamp(step, 2, 3)), cancellationToken) > 0;
    }

    /// <summary>Checks a draft whose check a crash has prevented.</summary>
    /// <param name="actor">Who looks at it.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <returns>A task that ends when the check is current.</returns>
    public async Task EnsureCheckedAsync(Actor actor, Guid draftId, CancellationToken cancellationToken)
    {
        actor.Require(Role.Viewer);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Drafts.AnyAsync(d => d.Id == draftId && d.WorkspaceId == actor.WorkspaceId, cancellationToken))
        {
            await checker.CheckAsync(draftId, cancellationToken);
        }
    }

    /// <summary>Takes a draft out of all lists. For a day it can be restored.</summary>
    /// <param name="actor">Who deletes it; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there is such a draft.</returns>
    public Task<bool> DeleteAsync(Actor actor, Guid draftId, CancellationToken cancellationToken) =>
        SetDeletedAsync(actor, draftId, time.GetUtcNow(), cancellationToken);

    /// <summary>Undoes a deletion.</summary>
    /// <param name="actor">Who restores it; a Creator at least.</param>
    /// <param name="draftId">The draft.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there still is such a draft.</returns>
    public Task<bool> RestoreAsync(Actor actor, Guid draftId, CancellationToken cancellationToken) =>
        SetDeletedAsync(actor, draftId, null, cancellationToken);

    private async Task<bool> SetDeletedAsync(Actor actor, Guid draftId, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        actor.Require(Role.Creator);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var draft = await context.Drafts
            .SingleOrDefaultAsync(d => d.Id == draftId && d.WorkspaceId == actor.WorkspaceId && d.JobId == null, cancellationToken);
        if (draft is null)
        {
            return false;
        }

        draft.DeletedAt = at;
        context.Audit(actor, time.GetUtcNow(), at is null ? AuditActions.DraftRestored : AuditActions.DraftDeleted, draft.Name, draft.Id);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        liveUpdates.Publish(new LiveChange(actor.WorkspaceId, null));
        return true;
    }

    private async Task<Guid?> CreateAsync(Actor actor, Guid sheetId, bool demo, CancellationToken cancellationToken)
    {
        actor.Require(Role.Creator);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var sheet = await context.Sheets.AsNoTracking()
            .SingleOrDefaultAsync(s => s.Id == sheetId && s.WorkspaceId == actor.WorkspaceId && s.State == SheetState.Ready, cancellationToken);
        if (sheet is null)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var draft = new Draft
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = actor.WorkspaceId,
            CreatedBy = actor.UserId,
            CreatedByName = actor.Name,
            Name = NameOf(demo ? DemoSheet.Settings.Name : Path.GetFileNameWithoutExtension(sheet.FileName), "Untitled"),
            SheetId = sheetId,
            Defaults = new ImageDefaults(),
            CreatedAt = now,
            UpdatedAt = now,
        };
        await start.ChooseAsync(context, actor, draft, demo, cancellationToken);
        context.Drafts.Add(draft);
        await context.SaveChangesAsync(cancellationToken);
        liveUpdates.Publish(new LiveChange(actor.WorkspaceId, null));
        await checker.CheckAsync(draft.Id, cancellationToken);
        return draft.Id;
    }

    private static string NameOf(string wanted, string otherwise)
    {
        var name = CellText.OneLine(wanted).Trim();
        return name.Length == 0 ? otherwise : CellText.Cut(name, NameLength);
    }
}
