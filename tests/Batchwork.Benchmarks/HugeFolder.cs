using System.Globalization;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;
using Microsoft.Data.Sqlite;

namespace Batchwork.Benchmarks;

/// <summary>
/// A data folder as a team has it after a year: a million stored pictures in 161 jobs, one of them of 200,000 rows, and 20 jobs under way. Only the tables are
/// filled, by SQL from one row that the engine wrote itself; there is no file behind a picture, since a start opens none.
/// </summary>
internal sealed class HugeFolder(string path)
{
    public const int LargeRows = 200_000;
    public const int OtherJobs = 160;
    public const int OtherRows = 5_000;
    public const int RunningJobs = 20;
    public const int RunningRows = 1_000;

    /// <summary>The pictures in it.</summary>
    public const int Pictures = LargeRows + (OtherJobs * OtherRows);

    /// <summary>The job of 200,000 rows.</summary>
    public static Guid LargeJob { get; } = Guid.Parse(JobId(1));

    /// <summary>The job whose pictures were stored before all others.</summary>
    public static Guid OldestJob { get; } = Guid.Parse(JobId(1 + OtherJobs));

    private string Database => Path.Combine(path, "batchwork.db");

    /// <summary>Fills the folder.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        Guid done, running, demo;
        await using (var engine = await BenchmarkEngine.StartAsync(cancellationToken, path))
        {
            demo = await engine.Get<DemoConnections>().EnsureAsync(engine.Owner.WorkspaceId, cancellationToken);
            done = await new JobBuilder(engine.Services, engine.Owner).In(JobState.Done).Took(TimeSpan.FromHours(2)).Rows(1, RowState.Stored).SaveAsync(cancellationToken);
            running = await new JobBuilder(engine.Services, engine.Owner).In(JobState.Running).Demo().Rows(1, RowState.Waiting).SaveAsync(cancellationToken);
        }

        await using var connection = new SqliteConnection($"Data Source={Database}");
        await connection.OpenAsync(cancellationToken);

        // Only here, where nothing is lost by a power cut.
        await RunAsync(connection, "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; BEGIN", cancellationToken);
        await CopyAsync(connection, 1, LargeRows, done, demo, isRunning: false, cancellationToken);
        for (var job = 0; job < OtherJobs; job++)
        {
            await CopyAsync(connection, 2 + job, OtherRows, done, demo, isRunning: false, cancellationToken);
        }

        for (var job = 0; job < RunningJobs; job++)
        {
            await CopyAsync(connection, 2 + OtherJobs + job, RunningRows, running, demo, isRunning: true, cancellationToken);
        }

        await RunAsync(connection, $"DELETE FROM Jobs WHERE Id IN ('{Text(done)}', '{Text(running)}'); UPDATE StoredImages SET Thumbnail = 1; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
    }

    /// <summary>Makes the parts of the running jobs due, and none of them asked about.</summary>
    public Task MakeDueAsync(CancellationToken cancellationToken) => WriteAsync("UPDATE JobParts SET NextCheckAt = 0, Checks = 0, Reason = NULL WHERE State = 2", cancellationToken);

    /// <summary>Whether a due part was worked on.</summary>
    public async Task<bool> HasWorkedAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM JobParts WHERE NextCheckAt > 0)";
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! == 1;
    }

    private static string JobId(int job) => string.Create(CultureInfo.InvariantCulture, $"0199{job:X4}-0000-7000-8000-000000000000");

    // As Microsoft.Data.Sqlite stores them.
    private static string Text(Guid id) => id.ToString().ToUpperInvariant();

    private static async Task CopyAsync(SqliteConnection connection, int job, int rows, Guid template, Guid demo, bool isRunning, CancellationToken cancellationToken)
    {
        var jobId = JobId(job);
        var key = string.Create(CultureInfo.InvariantCulture, $"0199{job:X4}");
        var partId = $"{key}-0000-7000-8001-000000000000";
        var from = Text(template);
        var made = string.Create(CultureInfo.InvariantCulture, $"CreatedAt - {job} * 3600000");
        await InsertAsync(connection, "Jobs", from, "t.Id", null, cancellationToken, ("Id", $"'{jobId}'"), ("DraftId", $"'{key}-0000-7000-8002-000000000000'"), ("Name", $"'Catalogue {job}'"),
            ("ConnectionId", $"'{Text(demo)}'"), ("CreatedAt", made), ("EndedAt", isRunning ? "NULL" : made + " + 7200000"), ("RequestedRows", $"{rows}"), ("RequestedImages", $"{rows}"));
        await InsertAsync(connection, "JobParts", from, "t.JobId", null, cancellationToken, ("Id", $"'{partId}'"), ("JobId", $"'{jobId}'"), ("ConnectionId", $"'{Text(demo)}'"), ("BatchId", $"'batch_{key}'"), ("RequestCount", $"{rows}"),
            ("NextCheckAt", isRunning ? "0" : "NULL"));
        await InsertAsync(connection, "JobRows", from, "t.JobId", rows, cancellationToken, ("Id", $"printf('{key}-0000-7000-8003-%012X', i)"), ("JobId", $"'{jobId}'"), ("PartId", $"'{partId}'"), ("Index", "i"), ("Number", "i + 2"),
            ("CustomId", "printf('sku-%06d', i)"), ("Prompt", "printf('A red bicycle number %d against a white wall, soft light from the left, product photograph', i)"), ("RequestKey", "lower(hex(randomblob(16)))"));
        if (!isRunning)
        {
            await InsertAsync(connection, "StoredImages", from, "t.JobId", rows, cancellationToken, ("Id", $"printf('{key}-0000-7000-8004-%012X', i)"), ("JobId", $"'{jobId}'"), ("RowId", $"printf('{key}-0000-7000-8003-%012X', i)"),
                ("RowIndex", "i"), ("Sha256", "lower(hex(randomblob(32)))"), ("StoredAt", string.Create(CultureInfo.InvariantCulture, $"t.StoredAt - {job} * 3600000 + i")));
        }
    }

    /// <summary>Writes a row of the engine's again, changed in some columns; so often, with <c>i</c> counting from 0.</summary>
    private static async Task InsertAsync(
        SqliteConnection connection, string table, string template, string by, int? times, CancellationToken cancellationToken, params (string Column, string Value)[] changes)
    {
        var columns = new List<string>();
        await using (var info = connection.CreateCommand())
        {
            info.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
            await using var reader = await info.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                columns.Add(reader.GetString(0));
            }
        }

        var values = columns.Select(c => changes.FirstOrDefault(x => x.Column == c) is { Value: { } value } ? value : $"t.\"{c}\"");
        var count = times is { } n ? string.Create(CultureInfo.InvariantCulture, $", (WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {n - 1}) SELECT i FROM n)") : null;
        await RunAsync(connection, $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) SELECT {string.Join(", ", values)} FROM {table} t{count} WHERE {by} = '{template}'", cancellationToken);
    }

    private async Task WriteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={Database}");
        await connection.OpenAsync(cancellationToken);
        await RunAsync(connection, sql, cancellationToken);
    }

    private static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
