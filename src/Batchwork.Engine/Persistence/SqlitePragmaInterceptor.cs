using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Batchwork.Engine.Persistence;

/// <summary>
/// Sets on each new connection what SQLite keeps per connection. <c>synchronous=FULL</c> is never lowered: with NORMAL a power cut may take the
/// last commits back, and a lost "about to submit" is a double submission.
/// </summary>
public sealed class SqlitePragmaInterceptor : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
