using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace Batchwork.Dashboard.Security;

/// <summary>
/// Gives a live page that lost its connection back to the person who opened it, and to nobody else. The framework gives it to whoever names its
/// secret: a tab that Ana left open and that comes back with Ben's cookie would go on as Ana.
/// </summary>
internal sealed partial class LivePageOwners(TimeProvider time, ILogger<LivePageOwners> logger) : IHubFilter
{
    /// <summary>The framework keeps what a page needs to come back for two hours; after that nobody can take it up.</summary>
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(130);

    private readonly ConcurrentDictionary<string, Owner> _owners = new(StringComparer.Ordinal);

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        // The names are the framework's.
        return invocationContext.HubMethodName switch
        {
            "StartCircuit" => Remember(invocationContext.Context, await next(invocationContext) as string),
            "ConnectCircuit" => IsTheirs(invocationContext) ? await TakeUpAsync(invocationContext, next) : false,
            "ResumeCircuit" => IsTheirs(invocationContext) ? Remember(invocationContext.Context, await next(invocationContext) as string) : null,
            _ => await next(invocationContext),
        };
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (context.Context.Items.TryGetValue(this, out var secret) && _owners.TryGetValue((string)secret!, out var owner) && owner.Connection == context.Context.ConnectionId)
        {
            _owners.TryUpdate((string)secret!, owner with { Connection = null, LeftAt = time.GetUtcNow() }, owner);
        }

        return next(context, exception);
    }

    private bool IsTheirs(HubInvocationContext call)
    {
        if (call.HubMethodArguments is not [string secret, ..] || !_owners.TryGetValue(secret, out var owner))
        {
            return false;
        }

        if (owner.Person == call.Context.UserIdentifier)
        {
            return true;
        }

        LogForeign(call.Context.UserIdentifier);
        return false;
    }

    private async ValueTask<object?> TakeUpAsync(HubInvocationContext call, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var isThere = await next(call);
        if (isThere is true)
        {
            Remember(call.Context, (string)call.HubMethodArguments[0]!);
        }

        return isThere;
    }

    private string? Remember(HubCallerContext connection, string? secret)
    {
        if (secret is not null)
        {
            Forget(time.GetUtcNow() - s_kept);
            connection.Items[this] = secret;
            _owners[secret] = new Owner(connection.UserIdentifier, connection.ConnectionId, LeftAt: null);
        }

        return secret;
    }

    /// <summary>There are never many: live pages are bounded, and those that were left long ago go with the next that is opened.</summary>
    private void Forget(DateTimeOffset before)
    {
        foreach (var left in _owners.Where(o => o.Value.LeftAt < before))
        {
            _owners.TryRemove(left);
        }
    }

    [LoggerMessage(6303, LogLevel.Warning, "A live page of somebody else was asked for by {Person} and not given")]
    private partial void LogForeign(string? person);

    /// <param name="Person">Whose page it is.</param>
    /// <param name="Connection">Over what it is open now.</param>
    /// <param name="LeftAt">Since when it is not.</param>
    private sealed record Owner(string? Person, string? Connection, DateTimeOffset? LeftAt);
}
