using Batchwork.Adapters;
using Batchwork.Engine.Polling;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Tests.Polling;

/// <summary>Runs the engine's workers by hand, on the test's clock.</summary>
internal static class Workers
{
    public static Task<TestEngine> StartEngineAsync(FakeBatchAdapter adapter) => TestEngine.StartAsync(
        TestContext.Current.CancellationToken,
        services => services.AddKeyedSingleton<IBatchAdapter>("openai", adapter));

    /// <summary>Works on everything that is due now, as the dispatcher would.</summary>
    /// <returns>How many parts were worked on.</returns>
    public static async Task<int> RunDueAsync(this TestEngine engine)
    {
        var worked = 0;
        foreach (var lane in Enum.GetValues<PartLane>())
        {
            foreach (var part in await engine.DueAsync(lane))
            {
                var lease = await engine.Get<LeaseKeeper>().TryTakeAsync(part.Id, TestContext.Current.CancellationToken);
                Assert.NotNull(lease);
                await engine.Get<PartRunner>().RunAsync(lease, TestContext.Current.CancellationToken);
                worked++;
            }
        }

        return worked;
    }

    /// <summary>What is due in a lane now.</summary>
    public static Task<List<DuePart>> DueAsync(this TestEngine engine, PartLane lane) =>
        engine.Get<DueParts>().ReadAsync(lane, 100, [], TestContext.Current.CancellationToken);

    /// <summary>Turns the clock and works on what is due then.</summary>
    public static async Task RunDueInAsync(this TestEngine engine, TimeSpan wait)
    {
        engine.Time.Advance(wait);
        await engine.RunDueAsync();
    }

    /// <summary>Turns the clock to the next due time and works, until nothing is due any more.</summary>
    public static async Task RunToEndAsync(this TestEngine engine)
    {
        for (var i = 0; i < 200; i++)
        {
            await using var context = engine.CreateContext();
            if (await context.JobParts.MinAsync(p => p.NextCheckAt, TestContext.Current.CancellationToken) is not { } next)
            {
                return;
            }

            if (next > engine.Time.GetUtcNow())
            {
                engine.Time.Advance(next - engine.Time.GetUtcNow());
            }

            await engine.RunDueAsync();
        }

        Assert.Fail("The parts never come to an end.");
    }
}
