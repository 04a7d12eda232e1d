using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Batchwork.CrashHarness.Injected;

/// <summary>Tells each table that a migration has made.</summary>
public sealed class DefinitionWatch(CrashTrigger trigger) : DbCommandInterceptor
{
    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (command?.CommandText.Contains("CREATE TABLE", StringComparison.Ordinal) == true)
        {
            trigger.At("migration.table");
        }

        return ValueTask.FromResult(result);
    }
}
