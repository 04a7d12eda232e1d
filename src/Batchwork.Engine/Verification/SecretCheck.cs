using System.Runtime.CompilerServices;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Verification;

/// <summary>I9: no key stands in any text that people are shown. Keys that cannot be opened here (the key ring is elsewhere) cannot be looked for.</summary>
internal sealed class SecretCheck(IKeySealer sealer) : IIntegrityCheck
{
    /// <summary>A shorter key could be part of an honest word.</summary>
    private const int ShortestKey = 8;

    public string Subject => "keys in texts";

    public async IAsyncEnumerable<IntegrityFault> FindAsync(EngineDbContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var connections = await context.Connections.AsNoTracking().Where(c => c.SealedKey != null).ToListAsync(cancellationToken);
        foreach (var connection in connections)
        {
            if (sealer.Open(connection.WorkspaceId, connection.Id, connection.SealedKey!) is { Length: >= ShortestKey } key)
            {
                foreach (var (where, places) in Texts(context, key))
                {
                    if (await places.AnyAsync(cancellationToken))
                    {
                        yield return new IntegrityFault("I9", $"The key of connection {connection.Id} stands in {where} {await places.FirstAsync(cancellationToken)}.");
                    }
                }
            }
        }
    }

    private static IEnumerable<(string Where, IQueryable<string> Places)> Texts(EngineDbContext context, string key) =>
    [
        ("the answer kept of part", context.JobParts.Where(p => p.RawAnswer!.Contains(key) || p.Reason!.Contains(key)).Select(p => p.Id.ToString())),
        ("the message of attempt", context.SubmissionAttempts.Where(a => a.Message!.Contains(key)).Select(a => a.Tag)),
        ("the message of row", context.JobRows.Where(r => r.ErrorMessage!.Contains(key)).Select(r => r.Id.ToString())),
        ("the unmatched result", context.UnmatchedResults.Where(u => u.Raw!.Contains(key)).Select(u => u.Id.ToString())),
        ("the timeline entry", context.Activities.Where(a => a.Text.Contains(key)).Select(a => a.Id.ToString())),
        ("the reason of job", context.Jobs.Where(j => j.Reason!.Contains(key)).Select(j => j.Id.ToString())),
    ];
}
