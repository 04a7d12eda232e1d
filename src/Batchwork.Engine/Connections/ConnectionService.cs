using System.Security.Cryptography;
using System.Text;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Connections;

/// <summary>
/// Adds, changes, tries and removes a workspace's accounts at providers. All of it needs the role <see cref="Role.Admin"/>; where a key is given, or
/// an address that a key would be sent to, also a recent proof that it is the person.
/// </summary>
public sealed class ConnectionService(
    IDbContextFactory<EngineDbContext> contexts,
    IKeySealer sealer,
    CredentialsReader credentialsReader,
    ConnectionForm form,
    ConnectionTester tester,
    ConnectionWriter writer,
    ISessionProofs proofs,
    TimeProvider time)
{
    /// <summary>Adds a connection and seals its key.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="edit">The form.</param>
    /// <param name="cancellationToken">Cancels before it is saved.</param>
    /// <returns>Its id, or what is wrong with the form.</returns>
    /// <exception cref="ProofNeededException">The actor has not just shown that it is them.</exception>
    public async Task<ConnectionSaved> AddAsync(Actor actor, ConnectionEdit edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        await proofs.RequireAsync(actor, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (values, faults) = await form.CheckAsync(context, edit, actor.WorkspaceId, stored: null, cancellationToken);
        if (values is null)
        {
            return ConnectionSaved.Refused(faults);
        }

        var now = time.GetUtcNow();
        var connection = new Connection
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = actor.WorkspaceId,
            Provider = values.Provider.Id,
            Label = values.Label,
            IsDemo = false,
            BaseUrl = values.BaseUrl,
            UsableBy = edit.UsableBy,
            CreatedAt = now,
        };
        SealKey(connection, values.ApiKey!, await SaltAsync(context, cancellationToken));
        context.Connections.Add(connection);
        context.Audit(actor, now, AuditActions.ConnectionAdded, connection.Label, connection.Id, after: Facts(connection));
        await writer.SaveAsync(context, connection, cancellationToken);
        return ConnectionSaved.As(connection.Id);
    }

    /// <summary>
    /// Changes a connection. A blank key keeps the stored one; a new key lets waiting work go on. The old one is kept, sealed, while batches that were made
    /// with it are at the provider: the new one may be another account's.
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="edit">The form.</param>
    /// <param name="cancellationToken">Cancels before it is saved.</param>
    /// <returns>Its id, or what is wrong with the form; <see langword="null"/> when it is not this workspace's or was removed.</returns>
    /// <exception cref="ProofNeededException">The actor has not just shown that it is them.</exception>
    public async Task<ConnectionSaved?> UpdateAsync(Actor actor, Guid connectionId, ConnectionEdit edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        await proofs.RequireAsync(actor, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var connection = await FindAsync(context, actor, connectionId, cancellationToken);
        if (connection is null)
        {
            return null;
        }

        var (values, faults) = await form.CheckAsync(context, edit, actor.WorkspaceId, connection, cancellationToken);
        if (values is null)
        {
            return ConnectionSaved.Refused(faults);
        }

        var before = Facts(connection);
        if (values.ApiKey is not null)
        {
            await RetiredKeys.KeepAsync(context, connection, time.GetUtcNow(), cancellationToken);
        }

        connection.Label = values.Label;
        connection.BaseUrl = values.BaseUrl;
        connection.UsableBy = edit.UsableBy;
        if (values.ApiKey is not null)
        {
            connection.TestedAt = null;
            SealKey(connection, values.ApiKey, await SaltAsync(context, cancellationToken));
            ConnectionHealth.Resume(connection);
        }

        if (Facts(connection) is var after && after != before)
        {
            context.Audit(
                actor, time.GetUtcNow(), values.ApiKey is null ? AuditActions.ConnectionChanged : AuditActions.ConnectionKeyChanged, connection.Label, connection.Id, before, after);
        }

        await writer.SaveAsync(context, connection, cancellationToken);
        return ConnectionSaved.As(connection.Id);
    }

    /// <summary>Tries what is in the form, saved or not, with a free call. A stored connection that works is not paused any longer.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="connectionId">The connection that is changed; <see langword="null"/> for one that is not saved yet.</param>
    /// <param name="edit">The form.</param>
    /// <param name="cancellationToken">Cancels the trial.</param>
    /// <returns>What it showed; <see langword="null"/> when the connection is not this workspace's or was removed.</returns>
    /// <exception cref="ProofNeededException">The actor has not just shown that it is them.</exception>
    public async Task<ConnectionTest?> TestAsync(Actor actor, Guid? connectionId, ConnectionEdit edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(edit);
        actor.Require(Role.Admin);
        await proofs.RequireAsync(actor, cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = connectionId is { } id ? await FindAsync(context, actor, id, cancellationToken) : null;
        if (connectionId is not null && stored is null)
        {
            return null;
        }

        var faults = new List<ConnectionFault>();
        // The demo has neither key nor address to judge.
        var access = form.CheckAccess(stored is { IsDemo: true } ? edit with { ApiKey = "demo", BaseUrl = null } : edit, stored, faults);
        if (access is null)
        {
            return new ConnectionTest { Works = false, Text = "Nothing was tried: the form has faults.", Faults = faults };
        }

        BatchCredentials credentials;
        try
        {
            credentials = Credentials(access, stored);
        }
        catch (KeyUnavailableException e)
        {
            return new ConnectionTest { Works = false, Text = e.Message };
        }

        await NoteTestAsync(context, actor, access, stored, cancellationToken);
        var test = await tester.TryAsync(access.Provider, credentials, cancellationToken);
        if (test.Works && stored is not null && access.ApiKey is null && access.BaseUrl == stored.BaseUrl)
        {
            stored.TestedAt = time.GetUtcNow();
            if (stored.PausedReason is not null)
            {
                ConnectionHealth.Resume(stored);
                context.Audit(actor, time.GetUtcNow(), AuditActions.ConnectionResumed, stored.Label, stored.Id);
            }

            await writer.SaveAsync(context, stored, cancellationToken);
        }

        return test;
    }

    /// <summary>Holds a connection back: nothing new is sent over it, what is at the provider is still collected.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Cancels before it is held back.</param>
    /// <returns>Whether it was not held back yet.</returns>
    public Task<bool> PauseAsync(Actor actor, Guid connectionId, CancellationToken cancellationToken) => ChangeWorkAsync(
        actor,
        connectionId,
        (context, connection) =>
        {
            if (connection.PausedBy is not null)
            {
                return false;
            }

            (connection.PausedBy, connection.PausedByAt) = (actor.Name, time.GetUtcNow());
            context.Audit(actor, time.GetUtcNow(), AuditActions.ConnectionPaused, connection.Label, connection.Id, after: connection.WhyPaused);
            return true;
        },
        cancellationToken);

    /// <summary>Lets work over a paused connection go on. The next call shows whether its trouble is over; if not, it is paused again.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Cancels before it is resumed.</param>
    /// <returns>Whether it was paused or resting.</returns>
    public Task<bool> ResumeAsync(Actor actor, Guid connectionId, CancellationToken cancellationToken) => ChangeWorkAsync(
        actor,
        connectionId,
        (context, connection) =>
        {
            if (connection is { WhyPaused: null, RestUntil: null })
            {
                return false;
            }

            context.Audit(actor, time.GetUtcNow(), AuditActions.ConnectionResumed, connection.Label, connection.Id, connection.WhyPaused);
            (connection.PausedBy, connection.PausedByAt) = (null, null);
            ConnectionHealth.Resume(connection);
            return true;
        },
        cancellationToken);

    /// <summary>Removes a connection from the lists. Jobs that run over it go on, so its key is only destroyed when they have ended, and not before an hour has passed.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Cancels before it is removed.</param>
    /// <returns>What was removed; <see langword="null"/> when there was nothing to remove.</returns>
    public async Task<RemovedConnection?> DeleteAsync(Actor actor, Guid connectionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var connection = await FindAsync(context, actor, connectionId, cancellationToken);
        if (connection is null)
        {
            return null;
        }

        connection.DeletedAt = time.GetUtcNow();
        context.Audit(actor, time.GetUtcNow(), AuditActions.ConnectionRemoved, connection.Label, connection.Id, Facts(connection));
        await writer.SaveAsync(context, connection, cancellationToken);
        var running = await NeededBy(context, connectionId).CountAsync(cancellationToken);
        return new RemovedConnection(connection.Label, running);
    }

    /// <summary>Takes a removal back.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Cancels before it is restored.</param>
    /// <returns>Whether it is in the lists again. Not when its key was destroyed meanwhile.</returns>
    public async Task<bool> RestoreAsync(Actor actor, Guid connectionId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var connection = await context.Connections.FirstOrDefaultAsync(c => c.Id == connectionId && c.WorkspaceId == actor.WorkspaceId, cancellationToken);
        if (connection is null or { IsDemo: false, SealedKey: null })
        {
            return false;
        }

        connection.DeletedAt = null;
        context.Audit(actor, time.GetUtcNow(), AuditActions.ConnectionRestored, connection.Label, connection.Id, after: Facts(connection));
        await writer.SaveAsync(context, connection, cancellationToken);
        return true;
    }

    /// <summary>Makes sure that a workspace has its demo connections, also when they were removed.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="cancellationToken">Cancels before they are made.</param>
    /// <returns>The first demo connection.</returns>
    public async Task<Guid> EnsureDemoAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        foreach (var (provider, label) in DemoConnection.All)
        {
            ids.Add(await EnsureDemoAsync(workspaceId, provider, label, cancellationToken));
        }

        return ids[0];
    }

    private async Task<Guid> EnsureDemoAsync(Guid workspaceId, string provider, string label, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var demos = context.Connections.Where(c => c.WorkspaceId == workspaceId && c.IsDemo && c.Provider == provider);
        var demo = await demos.FirstOrDefaultAsync(cancellationToken);
        if (demo is { DeletedAt: null })
        {
            return demo.Id;
        }

        if (demo is null)
        {
            var now = time.GetUtcNow();
            demo = new Connection
            {
                Id = Guid.CreateVersion7(now),
                WorkspaceId = workspaceId,
                Provider = provider,
                Label = label,
                IsDemo = true,
                CreatedAt = now,
            };
            context.Connections.Add(demo);
        }

        demo.DeletedAt = null;
        try
        {
            await writer.SaveAsync(context, demo, cancellationToken);
            return demo.Id;
        }
        catch (DbUpdateException e) when (e.InnerException is SqliteException { SqliteErrorCode: 19 })
        {
            // Somebody else made it at the same moment; a workspace has one demo of a provider (unique index).
            return await demos.AsNoTracking().Select(c => c.Id).FirstAsync(cancellationToken);
        }
    }

    /// <summary>Stops or resumes work over a connection, and with it what its jobs say of themselves.</summary>
    private async Task<bool> ChangeWorkAsync(Actor actor, Guid connectionId, Func<EngineDbContext, Connection, bool> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Require(Role.Admin);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var connection = await FindAsync(context, actor, connectionId, cancellationToken);
        if (connection is null || !change(context, connection))
        {
            return false;
        }

        await context.SaveChangesAsync(cancellationToken);
        var jobs = await NeededBy(context, connectionId).ToListAsync(cancellationToken);
        foreach (var job in jobs)
        {
            await JobProgress.RefreshAsync(context, job, time.GetUtcNow(), cancellationToken);
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        writer.Tell(connection, jobs.Select(j => j.Id));
        return true;
    }

    private static Task<Connection?> FindAsync(EngineDbContext context, Actor actor, Guid id, CancellationToken cancellationToken) =>
        context.Connections.FirstOrDefaultAsync(c => c.Id == id && c.WorkspaceId == actor.WorkspaceId && c.DeletedAt == null, cancellationToken);

    internal static IQueryable<Job> NeededBy(EngineDbContext context, Guid connectionId) =>
        context.Jobs.Where(j => j.ConnectionId == connectionId
            && j.State != JobState.Done && j.State != JobState.DoneWithProblems && j.State != JobState.Cancelled && j.State != JobState.Expired);

    private static Task<string> SaltAsync(EngineDbContext context, CancellationToken cancellationToken) =>
        context.Installations.Where(i => i.Id == Installation.OnlyId).Select(i => i.Salt).SingleAsync(cancellationToken);

    private BatchCredentials Credentials(ConnectionValues access, Connection? stored)
    {
        if (stored is not null && (stored.IsDemo || access.ApiKey is null))
        {
            var kept = credentialsReader.Open(stored);
            return stored.IsDemo ? kept : kept with { BaseUrl = access.BaseUrl is { } url ? new Uri(url) : null };
        }

        return new BatchCredentials { ApiKey = access.ApiKey, BaseUrl = access.BaseUrl is { } typed ? new Uri(typed) : null };
    }

    /// <summary>What the audit log says of a connection: nothing that opens anything.</summary>
    private static string Facts(Connection connection) =>
        $"{connection.Label}, {connection.Provider}, {connection.BaseUrl ?? "the provider's own address"}, key {(connection.KeyEnding is { } ending ? $"ending in {ending}" : "hidden")} ({connection.KeyFingerprint ?? "none"}), from {connection.UsableBy} on";

    /// <summary>A key that was typed and never saved was sent to a provider too.</summary>
    private async Task NoteTestAsync(EngineDbContext context, Actor actor, ConnectionValues access, Connection? stored, CancellationToken cancellationToken)
    {
        context.Audit(
            actor, time.GetUtcNow(), AuditActions.KeyUsed, stored?.Label ?? access.Label, stored?.Id, after: access.ApiKey is null ? "tried the stored key" : "tried a key that was typed");
        await context.SaveChangesAsync(cancellationToken);
    }

    private void SealKey(Connection connection, string key, string salt)
    {
        connection.SealedKey = sealer.Seal(connection.WorkspaceId, connection.Id, key);
        // Of a short key the last four characters are too much of it.
        connection.KeyEnding = key.Length >= 12 ? key[^4..] : null;
        // The same key at another gateway is another account.
        var origin = connection.BaseUrl is { } url ? new Uri(url).GetLeftPart(UriPartial.Authority) : null;
        connection.KeyFingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(salt + key + origin)))[..12];
    }
}
