using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Restoring;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Batchwork.Engine.Verification;

/// <summary>Checks the data folder while everything else goes on, one check at a time. The last result is kept until the process ends.</summary>
public sealed partial class IntegrityService(
    IntegrityChecker checker, IDbContextFactory<EngineDbContext> contexts, ILiveUpdates liveUpdates, TimeProvider time, ILogger<IntegrityService> logger)
    : IHostedService, IDisposable
{
    private const int MostListed = 20;

    /// <summary>A check only reads: the process may end in the middle of it.</summary>
    private static readonly TimeSpan s_patienceAtStop = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private CancellationTokenSource? _stop;
    private Task _work = Task.CompletedTask;
    private volatile IntegrityRun? _run;

    /// <summary>The check that runs, or else the last one; <see langword="null"/> when none was made since the start.</summary>
    public IntegrityRun? Run => _run;

    /// <summary>Begins a check, unless one runs.</summary>
    /// <param name="administrator">Who asks for it.</param>
    /// <returns>Whether it was begun.</returns>
    public bool Start(Administrator administrator)
    {
        ArgumentNullException.ThrowIfNull(administrator);
        lock (_lock)
        {
            if (_run is { Outcome: IntegrityOutcome.Running })
            {
                return false;
            }

            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            _run = new IntegrityRun { StartedAt = time.GetUtcNow(), StartedBy = administrator.Name, Progress = new IntegrityProgress("the database file", 0, 0) };
            var stopping = _stop.Token;

            // On the thread pool: reading SQLite is synchronous underneath, and the caller is a page.
            _work = Task.Run(() => CheckAsync(stopping), CancellationToken.None);
        }

        LogStarted(administrator.UserId);
        return true;
    }

    /// <summary>Stops the check that runs.</summary>
    /// <param name="administrator">Who asks for it.</param>
    /// <returns>Whether one ran.</returns>
    public bool Cancel(Administrator administrator)
    {
        ArgumentNullException.ThrowIfNull(administrator);
        lock (_lock)
        {
            if (_run is not { Outcome: IntegrityOutcome.Running })
            {
                return false;
            }

            _stop!.Cancel();
            return true;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task work;
        lock (_lock)
        {
            work = _work;
            if (_run is { Outcome: IntegrityOutcome.Running })
            {
                _stop!.Cancel();
            }
        }

        await work.WaitAsync(s_patienceAtStop, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop?.Dispose();

    /// <summary>Ends when the check that runs has ended.</summary>
    internal Task IdleAsync() => _work;

    private async Task CheckAsync(CancellationToken stopping)
    {
        var outcome = IntegrityOutcome.Failed;
        try
        {
            await CountAsync(stopping);
            await foreach (var fault in checker.CheckAsync(progress => Change(run => run with { Progress = progress }), stopping))
            {
                Change(run => run with
                {
                    FaultCount = run.FaultCount + 1,
                    Faults = run.Faults.Length < MostListed ? run.Faults.Add(fault) : run.Faults,
                });
            }

            outcome = _run!.FaultCount == 0 ? IntegrityOutcome.Whole : IntegrityOutcome.Broken;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            outcome = IntegrityOutcome.Cancelled;
        }
        catch (Exception e)
        {
            LogFailed(e);
        }

        Change(run => run with { Outcome = outcome, EndedAt = time.GetUtcNow() });
        LogEnded(outcome, _run!.FaultCount);
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (jobs, rows) = (await context.Jobs.CountAsync(cancellationToken), await context.JobRows.CountAsync(cancellationToken));
        Change(run => run with { Jobs = jobs, Rows = rows });
    }

    /// <summary>Only the check itself changes its run, so nothing is lost between reading and writing it.</summary>
    private void Change(Func<IntegrityRun, IntegrityRun> change)
    {
        _run = change(_run!);
        liveUpdates.Publish(LiveChange.Installation);
    }

    [LoggerMessage(8101, LogLevel.Information, "An integrity check was started by {UserId}")]
    private partial void LogStarted(string userId);

    [LoggerMessage(8102, LogLevel.Information, "The integrity check ended: {Outcome}, {Faults} faults")]
    private partial void LogEnded(IntegrityOutcome outcome, int faults);

    [LoggerMessage(8103, LogLevel.Error, "The integrity check could not go on")]
    private partial void LogFailed(Exception exception);
}
