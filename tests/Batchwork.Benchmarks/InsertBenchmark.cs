using System.Diagnostics;
using System.Runtime.CompilerServices;
using Batchwork.Engine.Jobs;
using Microsoft.Data.Sqlite;

namespace Batchwork.Benchmarks;

/// <summary>A sheet of 50,000 rows becomes a job: seconds in the transaction that freezes it, beside plain prepared inserts of the same texts.</summary>
internal static class InsertBenchmark
{
    private const int Rows = 50_000;

    public static async IAsyncEnumerable<Figure> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var engine = await BenchmarkEngine.StartAsync(cancellationToken);
        var connectionId = await engine.AddConnectionAsync(new Uri("http://127.0.0.1:9/openai/v1"), cancellationToken);
        var preparing = Stopwatch.StartNew();
        var draftId = await engine.AddDraftAsync(Rows, connectionId, cancellationToken);
        preparing.Stop();

        await using var memory = new PeakMemory();
        var inserting = Stopwatch.StartNew();
        await engine.Get<JobStarter>().RunAsync(engine.Owner, draftId, cancellationToken);
        inserting.Stop();

        var plain = Plain(engine.DataFolder.Root);
        yield return new Figure("insert: sheet of 50,000 rows read and checked twice", preparing.Elapsed.TotalSeconds, "s", null, null, null);
        yield return new Figure("insert: job of 50,000 rows started", inserting.Elapsed.TotalSeconds, "s", plain.TotalSeconds, plain / inserting.Elapsed, memory.MiB);
    }

    /// <summary>The same rows by prepared statements in one transaction: what SQLite itself takes.</summary>
    private static TimeSpan Plain(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "plain.db")}");
        connection.Open();
        using (var create = connection.CreateCommand())
        {
            create.CommandText = """
                PRAGMA journal_mode=WAL;
                CREATE TABLE rows (id TEXT PRIMARY KEY, job TEXT, idx INTEGER, custom TEXT, prompt TEXT, own TEXT, part TEXT, state INTEGER, images INTEGER);
                CREATE UNIQUE INDEX a ON rows (job, idx); CREATE UNIQUE INDEX b ON rows (job, custom);
                CREATE INDEX c ON rows (job, state, images); CREATE INDEX d ON rows (part, state);
                """;
            create.ExecuteNonQuery();
        }

        var began = Stopwatch.GetTimestamp();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO rows VALUES ($id, $job, $idx, $custom, $prompt, $own, $part, 0, 0)";
        var (id, index, custom, prompt) = (insert.Parameters.Add("$id", SqliteType.Text), insert.Parameters.Add("$idx", SqliteType.Integer), insert.Parameters.Add("$custom", SqliteType.Text), insert.Parameters.Add("$prompt", SqliteType.Text));
        var job = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        insert.Parameters.AddWithValue("$job", job);
        insert.Parameters.AddWithValue("$part", job);
        insert.Parameters.AddWithValue("$own", "{\"size\":\"1024x1024\"}");
        for (var i = 0; i < Rows; i++)
        {
            id.Value = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
            index.Value = i;
            custom.Value = $"sku-{i:D6}";
            prompt.Value = BenchmarkSheets.Prompt(i);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return Stopwatch.GetElapsedTime(began);
    }
}
