using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Identity.Sessions;

/// <summary>Begins, judges and ends sessions. What ends here closes open pages, too.</summary>
internal sealed class SessionService(
    IDbContextFactory<AppIdentityDbContext> contexts, IAccessChanges changes, IOptions<SignInSessionOptions> options, TimeProvider time)
{
    /// <summary>The latest request is noted this exactly: a page with a hundred pictures is one write.</summary>
    private static readonly TimeSpan s_seenStep = TimeSpan.FromMinutes(1);

    /// <summary>Begins a session.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="stamp">Their security stamp.</param>
    /// <param name="method">How they signed in.</param>
    /// <param name="address">From which network address.</param>
    /// <param name="device">With which browser and system.</param>
    /// <param name="cancellationToken">Cancels before it is begun.</param>
    /// <returns>The session's id.</returns>
    public async Task<Guid> BeginAsync(string userId, string stamp, SignInMethod method, string? address, string? device, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = new SignInSession
        {
            // Named by a cookie that only we can write; nobody gets in by guessing one.
            Id = Guid.CreateVersion7(now),
            UserId = userId,
            Stamp = stamp,
            Method = method,
            CreatedAt = now,
            SeenAt = now,
            ProvedAt = now,
            Address = address,
            Device = device,
        };
        var (seenSince, begunSince) = Bounds();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Sessions.Where(s => s.SeenAt < seenSince || s.CreatedAt < begunSince).ExecuteDeleteAsync(cancellationToken);
        context.Sessions.Add(session);
        await context.SaveChangesAsync(cancellationToken);
        return session.Id;
    }

    /// <summary>Finds a session that holds: not ended, not forgotten, not too old, of a person who may sign in and has not changed how since.</summary>
    /// <param name="id">The session.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The session; <see langword="null"/> when it does not hold.</returns>
    public async Task<LiveSession?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Sessions
            .Where(s => s.Id == id)
            .Where(IsInTime())
            .Join(
                context.Users.Where(u => u.DisabledAt == null),
                s => new { s.UserId, Stamp = (string?)s.Stamp },
                u => new { UserId = u.Id, Stamp = u.SecurityStamp },
                (s, u) => new LiveSession(
                    s.Id,
                    u.Id,
                    u.Name,
                    u.IsAdministrator,
                    // Turning the app on ends all sessions but the one that showed a code, so each that is left has shown one. What the sign-in provider asks for is its business.
                    u.TwoFactorEnabled || s.Method != SignInMethod.Password,
                    s.SeenAt,
                    s.ProvedAt))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Notes that a session is in use.</summary>
    /// <param name="session">The session.</param>
    /// <param name="address">From which network address.</param>
    /// <param name="cancellationToken">Cancels before it is noted.</param>
    public async Task TouchAsync(LiveSession session, string? address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - session.SeenAt < s_seenStep)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Sessions.Where(s => s.Id == session.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now).SetProperty(s => s.Address, address), cancellationToken);
    }

    /// <summary>Lists a person's sessions that hold, the latest used first.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The sessions.</returns>
    public async Task<IReadOnlyList<SessionItem>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Sessions
            .Where(IsInTime())
            .Where(s => s.UserId == userId && context.Users.Any(u => u.Id == userId && u.SecurityStamp == s.Stamp && u.DisabledAt == null))
            .OrderByDescending(s => s.SeenAt)
            .ThenByDescending(s => s.Id)
            .Select(s => new SessionItem(s.Id, s.Method, s.CreatedAt, s.SeenAt, s.Address, s.Device))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends one session.</summary>
    /// <param name="userId">Whose; somebody else's is not found.</param>
    /// <param name="id">The session.</param>
    /// <param name="cancellationToken">Cancels before it is ended.</param>
    /// <returns><see langword="false"/> when there was none.</returns>
    public Task<bool> EndAsync(string userId, Guid id, CancellationToken cancellationToken) =>
        EndAsync(userId, sessions => sessions.Where(s => s.Id == id), cancellationToken);

    /// <summary>Ends all sessions of a person but one.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="kept">The session that stays.</param>
    /// <param name="cancellationToken">Cancels before they are ended.</param>
    /// <returns>Whether there were any.</returns>
    public Task<bool> EndOthersAsync(string userId, Guid kept, CancellationToken cancellationToken) =>
        EndAsync(userId, sessions => sessions.Where(s => s.Id != kept), cancellationToken);

    /// <summary>Ends all sessions of a person.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="cancellationToken">Cancels before they are ended.</param>
    /// <returns>Whether there were any.</returns>
    public Task<bool> EndAllAsync(string userId, CancellationToken cancellationToken) => EndAsync(userId, sessions => sessions, cancellationToken);

    /// <summary>After a person changed how they sign in: the session in which they did it goes on, all others end.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="kept">Their session.</param>
    /// <param name="stamp">Their new security stamp.</param>
    /// <param name="cancellationToken">Cancels before anything is ended.</param>
    public async Task KeepOnlyAsync(string userId, Guid kept, string stamp, CancellationToken cancellationToken)
    {
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            await context.Sessions.Where(s => s.Id == kept && s.UserId == userId)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Stamp, stamp), cancellationToken);
        }

        await EndOthersAsync(userId, kept, cancellationToken);
    }

    /// <summary>Notes that the person of a session has just shown that it is them.</summary>
    /// <param name="id">The session.</param>
    /// <param name="cancellationToken">Cancels before it is noted.</param>
    public async Task ProveAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvedAt, now), cancellationToken);
    }

    private Expression<Func<SignInSession, bool>> IsInTime()
    {
        var (seenSince, begunSince) = Bounds();
        return s => s.SeenAt >= seenSince && s.CreatedAt >= begunSince;
    }

    private (DateTimeOffset SeenSince, DateTimeOffset BegunSince) Bounds() => (time.GetUtcNow() - options.Value.Idle, time.GetUtcNow() - options.Value.Longest);

    private async Task<bool> EndAsync(string userId, Func<IQueryable<SignInSession>, IQueryable<SignInSession>> which, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ended = await which(context.Sessions.Where(s => s.UserId == userId)).ExecuteDeleteAsync(cancellationToken);
        // Also when none was there: the stamp may have ended them, and their pages do not know it yet.
        changes.Publish(userId);
        return ended > 0;
    }
}
