using System.Runtime.CompilerServices;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Verification;

/// <summary>The file itself: SQLite's own check of pages, indexes and constraints, and rows that refer to rows that are gone.</summary>
internal sealed class DatabaseCheck : IIntegrityCheck
{
    public string Subject => "the database file";

    public async IAsyncEnumerable<IntegrityFault> FindAsync(EngineDbContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var answer in context.Database.SqlQueryRaw<string>("PRAGMA integrity_check").AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (answer != "ok")
            {
                yield return new IntegrityFault("database", answer);
            }
        }

        var dangling = context.Database.SqlQueryRaw<string>("SELECT \"table\" || ' row ' || \"rowid\" || ' refers to a row of ' || \"parent\" || ' that is gone' AS Value FROM pragma_foreign_key_check");
        await foreach (var answer in dangling.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return new IntegrityFault("database", answer + ".");
        }
    }
}
