using System.Collections.Concurrent;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Workspaces;

/// <summary>
/// Who may do what at this moment, in memory: one process owns the data folder and this room is the only writer of members, so a look at a
/// field says whether an open page may still do what it asks. Only people who are members have a place here.
/// </summary>
public sealed class Memberships(IDbContextFactory<EngineDbContext> contexts, ILiveUpdates liveUpdates)
{
    private readonly ConcurrentDictionary<(Guid WorkspaceId, string UserId), Seat> _seats = new();
    private readonly ConcurrentDictionary<Guid, WorkspaceRules> _rules = new();
    private readonly Lock _writing = new();
    private long _changes;

    /// <summary>Makes the actor of a person in a workspace.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="person">The person.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <returns>The actor; <see langword="null"/> when the person is no member, or the workspace is archived or not there.</returns>
    public async Task<Actor?> ActorAsync(Guid workspaceId, Person person, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        return await SeatAsync(workspaceId, person.UserId, cancellationToken) is { } seat
            ? new Actor(person, workspaceId, seat)
            : null;
    }

    /// <summary>Ends all actors of a person, in every workspace and for good: the account was closed. Open pages say so at once; the next sign-in makes new actors.</summary>
    /// <param name="userId">The person.</param>
    public void Revoke(string userId)
    {
        foreach (var workspaceId in Remove(key => key.UserId == userId))
        {
            liveUpdates.Publish(new LiveChange(workspaceId, JobId: null));
        }
    }

    /// <summary>Notes a change that was committed.</summary>
    internal void Changed(Guid workspaceId, string userId, Role? role)
    {
        if (role is null)
        {
            Remove(key => key == (workspaceId, userId));
            return;
        }

        lock (_writing)
        {
            _changes++;
            if (_seats.TryGetValue((workspaceId, userId), out var seat))
            {
                seat.Role = role;
            }
        }
    }

    /// <summary>Notes that a workspace asks for a second factor from now on, or does not any more.</summary>
    internal void RuleChanged(Guid workspaceId, bool needsSecondFactor)
    {
        lock (_writing)
        {
            _changes++;
            if (_rules.TryGetValue(workspaceId, out var rules))
            {
                rules.NeedsSecondFactor = needsSecondFactor;
            }
        }
    }

    /// <summary>Notes that a workspace was archived.</summary>
    internal void Closed(Guid workspaceId) => Remove(key => key.WorkspaceId == workspaceId);

    private List<Guid> Remove(Func<(Guid WorkspaceId, string UserId), bool> which)
    {
        var workspaces = new List<Guid>();
        lock (_writing)
        {
            _changes++;
            foreach (var key in _seats.Keys.Where(which))
            {
                if (_seats.TryRemove(key, out var seat))
                {
                    seat.Role = null;
                    workspaces.Add(key.WorkspaceId);
                }
            }
        }

        return workspaces;
    }

    private async Task<Seat?> SeatAsync(Guid workspaceId, string userId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_seats.TryGetValue((workspaceId, userId), out var known))
            {
                return known;
            }

            var before = Volatile.Read(ref _changes);
            if (await ReadAsync(workspaceId, userId, cancellationToken) is not { } read)
            {
                return null;
            }

            lock (_writing)
            {
                // What was read is only believed when nothing was changed meanwhile.
                if (before == _changes)
                {
                    var rules = _rules.GetOrAdd(workspaceId, static (_, needed) => new WorkspaceRules(needed), read.NeedsSecondFactor);
                    return _seats.GetOrAdd((workspaceId, userId), static (_, now) => new Seat(now.Role, now.Rules), (read.Role, Rules: rules));
                }
            }
        }
    }

    private async Task<(Role Role, bool NeedsSecondFactor)?> ReadAsync(Guid workspaceId, string userId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var read = await context.Members
            .Where(m => m.WorkspaceId == workspaceId && m.UserId == userId)
            .Join(context.Workspaces.Where(w => w.ArchivedAt == null), m => m.WorkspaceId, w => w.Id, (m, w) => new { m.Role, w.SecondFactorSince })
            .FirstOrDefaultAsync(cancellationToken);
        return read is null ? null : (read.Role, read.SecondFactorSince is not null);
    }
}
