using System.Security.Cryptography;
using System.Text;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Connections;

/// <summary>
/// Adds, changes and tries a workspace's accounts at providers: whatever gives a key, or an address that a key would be sent to. Needs the role
/// <see cref="Role.Admin"/> and a recent proof that it is the person.
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
        context.Audit(actor, now, AuditActions.ConnectionAdded, connection.Label, connection.Id, after: connection.Facts());
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
        var connection = await context.FindConnectionAsync(actor, connectionId, cancellationToken);
        if (connection is null)
        {
            return null;
        }

        var (values, faults) = await form.CheckAsync(context, edit, actor.WorkspaceId, connection, cancellationToken);
        if (values is null)
        {
            return ConnectionSaved.Refused(faults);
        }

        var before = connection.Facts();
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

        if (connection.Facts() is var after && after != before)
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
        var stored = connectionId is { } id ? await context.FindConnectionAsync(actor, id, cancellationToken) : null;
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
