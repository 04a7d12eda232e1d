using System.Runtime.CompilerServices;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Verification;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Tests.Verification;

public sealed class IntegrityServiceTests
{
    private static readonly Administrator s_admin = new("ana", "Ana");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_NothingWrong_EndsWholeWithWhatWasLookedAt()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        await engine.AddJobAsync(rows: 4);
        var service = engine.Get<IntegrityService>();
        Assert.Null(service.Run);

        Assert.True(service.Start(s_admin));
        await service.IdleAsync();

        var run = service.Run!;
        Assert.Equal((IntegrityOutcome.Whole, 0, 1, 4, "Ana"), (run.Outcome, run.FaultCount, run.Jobs, run.Rows, run.StartedBy));
        Assert.NotNull(run.EndedAt);
    }

    [Fact]
    public async Task Start_ManyFaults_CountsAllAndListsSome()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        await new JobBuilder(engine).In(Batchwork.Engine.Jobs.JobState.Done).Rows(30, Batchwork.Engine.Jobs.RowState.Stored).SaveAsync(Token);
        var service = engine.Get<IntegrityService>();

        service.Start(s_admin);
        await service.IdleAsync();

        Assert.Equal(IntegrityOutcome.Broken, service.Run!.Outcome);
        Assert.True(service.Run.FaultCount >= 30);
        Assert.Equal(20, service.Run.Faults.Length);
    }

    [Fact]
    public async Task Start_WhileOneRuns_BeginsNoSecond()
    {
        var gate = new GateCheck();
        await using var engine = await TestEngine.StartAsync(Token, services => services.AddSingleton<IIntegrityCheck>(gate));
        var service = engine.Get<IntegrityService>();

        Assert.True(service.Start(s_admin));
        await gate.Reached.Task.WaitAsync(Token);
        Assert.False(service.Start(s_admin));
        gate.Open.SetResult();
        await service.IdleAsync();

        Assert.True(service.Start(s_admin));
        await service.IdleAsync();
    }

    [Fact]
    public async Task Cancel_InTheMiddleOfALongStatement_StopsIt()
    {
        var endless = new EndlessCheck();
        await using var engine = await TestEngine.StartAsync(Token, services => services.AddSingleton<IIntegrityCheck>(endless));
        var service = engine.Get<IntegrityService>();
        Assert.False(service.Cancel(s_admin));

        service.Start(s_admin);
        await endless.Reached.Task.WaitAsync(Token);
        Assert.True(service.Cancel(s_admin));
        await service.IdleAsync().WaitAsync(Token);

        Assert.Equal(IntegrityOutcome.Cancelled, service.Run!.Outcome);
    }

    [Fact]
    public async Task Stop_OfTheHost_StopsTheCheck()
    {
        var endless = new EndlessCheck();
        await using var engine = await TestEngine.StartAsync(Token, services => services.AddSingleton<IIntegrityCheck>(endless));
        var service = engine.Get<IntegrityService>();
        service.Start(s_admin);
        await endless.Reached.Task.WaitAsync(Token);

        await service.StopAsync(Token);

        Assert.Equal(IntegrityOutcome.Cancelled, service.Run!.Outcome);
    }

    [Fact]
    public async Task Start_CheckThatBreaks_SaysSoAndLetsTheNextOneRun()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        await using (var context = engine.CreateContext())
        {
            await context.Database.ExecuteSqlRawAsync("ALTER TABLE JobRows RENAME TO Away", Token);
        }

        var service = engine.Get<IntegrityService>();
        service.Start(s_admin);
        await service.IdleAsync();
        Assert.Equal(IntegrityOutcome.Failed, service.Run!.Outcome);

        Assert.True(service.Start(s_admin));
        await service.IdleAsync();
    }

    [Fact]
    public async Task Start_TellsOpenPagesOfTheInstallation()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        using var subscription = engine.Get<ILiveUpdates>().Subscribe(LiveChange.InstallationId, null, TimeSpan.Zero);
        await using var heard = subscription.WatchAsync(Token).GetAsyncEnumerator(Token);

        engine.Get<IntegrityService>().Start(s_admin);

        Assert.True(await heard.MoveNextAsync());
        await engine.Get<IntegrityService>().IdleAsync();
    }

    private sealed class GateCheck : IIntegrityCheck
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Subject => "the gate";

        public async IAsyncEnumerable<IntegrityFault> FindAsync(EngineDbContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            await Open.Task.WaitAsync(cancellationToken);
            yield break;
        }
    }

    private sealed class EndlessCheck : IIntegrityCheck
    {
        private const string Endless = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT count(*) AS Value FROM numbers";

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Subject => "for ever";

        public async IAsyncEnumerable<IntegrityFault> FindAsync(EngineDbContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            await foreach (var number in context.Database.SqlQueryRaw<long>(Endless).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                yield return new IntegrityFault("number", $"{number}");
            }
        }
    }
}
