using Batchwork.Dashboard.Features.Operations;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Operations;
using Batchwork.Engine.Scheduling;
using Bunit;

namespace Batchwork.Dashboard.Tests.Operations;

public sealed class OperationsWordsTests : PageContext
{
    [Fact]
    public void Work_GoingOn_IsWell() => Assert.Equal(("Working", "stored"), OperationsWords.OfWork(Report()));

    [Fact]
    public void Work_WorkerThatDidNotBeat_IsNamed()
    {
        var late = new WorkerBeat("Send", TimeSpan.FromSeconds(1), Time.GetUtcNow().AddMinutes(-2), TimeSpan.Zero, false);

        Assert.Equal(("A worker is late", "failed"), OperationsWords.OfWork(Report() with { Workers = [late] }));
        Assert.False(OperationsWords.IsLate(late with { Every = TimeSpan.FromHours(1) }, Time.GetUtcNow()));
        Assert.False(OperationsWords.IsLate(late with { LastAt = Time.GetUtcNow().AddSeconds(-20) }, Time.GetUtcNow()));
    }

    [Fact]
    public void Work_PartsDueForLong_IsNoGoodSign() =>
        Assert.Equal("Parts are due for long", OperationsWords.OfWork(Report() with { Queue = Queue(Time.GetUtcNow().AddMinutes(-20)) }).Text);

    [Fact]
    public void WorkCard_ShowsStatesLanesLeasesAndWorkers()
    {
        var card = Render<WorkCard>(p => p.Add(c => c.Report, Report()));

        Assert.Contains("At the provider", card.Markup, StringComparison.Ordinal);
        Assert.Contains("due for 5 s", card.Markup, StringComparison.Ordinal);
        Assert.Contains("in 1 min", card.Markup, StringComparison.Ordinal);
        Assert.Contains("2 of 4", card.Markup, StringComparison.Ordinal);
        Assert.Contains("Fence 7", card.Markup, StringComparison.Ordinal);
        Assert.Contains("not yet", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void ReachCard_ConnectionThatStandsStill_SaysWhyAndWhatToDo()
    {
        var paused = new ConnectionCondition { Pause = ConnectionPause.KeyRejected, Reason = "OpenAI does not accept the key.", NextStep = "Replace the key.", WaitingJobs = 3 };
        var card = Render<ReachCard>(p => p.Add(c => c.Providers, [new ProviderReach("Studio", "OpenAI", "Team", false, paused, 4, null)]));

        Assert.Contains("1 connection stands still", card.Markup, StringComparison.Ordinal);
        Assert.Contains("OpenAI does not accept the key.", card.Markup, StringComparison.Ordinal);
        Assert.Contains("3 jobs wait.", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void StorageCard_NearlyFull_SaysWhatIsMissing()
    {
        var card = Render<StorageCard>(p => p.Add(c => c.Storage, Storage(free: 1_000_000_000)));

        Assert.Contains("Nearly full", card.Markup, StringComparison.Ordinal);
        Assert.Contains("is nearly full", card.Find(".fact-bad").TextContent, StringComparison.Ordinal);
    }

    private static StorageFacts Storage(long free) => new()
    {
        Folder = "/data",
        Disk = new DiskRoom(free, 500_000_000_000),
        DatabaseBytes = 1,
        LogBytes = 1,
        UnusedBytes = 0,
        Pictures = 1,
        PictureBytes = 1,
        SpoolBytes = 0,
        SqliteVersion = "3.53.3",
        Schema = "20261122_Initial",
    };

    private QueueDepth Queue(DateTimeOffset oldest) => new()
    {
        States = [new StateCount(PartState.AtProvider, 3, 1)],
        OldestDue = oldest,
        NextCheck = Time.GetUtcNow().AddSeconds(90),
        ThumbnailsToMake = 0,
    };

    private SystemReport Report() => new()
    {
        At = Time.GetUtcNow(),
        InstanceId = "abcd1234",
        InstalledAt = Time.GetUtcNow(),
        StartedAt = Time.GetUtcNow(),
        Epoch = 3,
        Workers = [new WorkerBeat("Send", TimeSpan.FromSeconds(1), Time.GetUtcNow(), TimeSpan.Zero, false), new WorkerBeat("Clean", TimeSpan.FromHours(1), null, TimeSpan.Zero, false)],
        Lanes = [new LaneLoad("Sending and polling", 2, 4)],
        Queue = Queue(Time.GetUtcNow().AddSeconds(-5)),
        Leases = [new LeaseItem(Guid.AllBitsSet, PartState.AtProvider, "OpenAI", 7, Time.GetUtcNow().AddSeconds(50))],
        Providers = [],
        Storage = Storage(free: 400_000_000_000),
        MemoryBytes = 1,
    };
}
