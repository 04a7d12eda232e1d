using System.Text;
using Batchwork.EndToEnd.Tests.Browsing;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Journeys;

/// <summary>The process dies in the middle of a job, as by a power cut. The provider's own books are the judge of what was paid.</summary>
public sealed class CrashTests(ChromiumFixture chromium)
{
    private const int Rows = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_InTheMiddleOfAJob_GoesOnWithoutPayingTwiceOrLosingAPicture()
    {
        await using var emulator = EmulatedProvider.Quick();
        emulator.Set("Emulator__Schedule__ShortestRun", "00:00:05");
        await emulator.StartAsync(Token);
        await using var dashboard = EmulatedProvider.Dashboard();
        await dashboard.StartAsync(Token);
        await using var tab = await chromium.OpenTabAsync(View.Default, dashboard.Address);
        await tab.SetUpAsync(await dashboard.SetUpAddressAsync(Token));
        await tab.ConnectAsync(emulator);
        await tab.UploadAsync("sheet.csv", Sheet());
        var job = await tab.RunAsync(Rows);

        // Accepted by the provider, and the answer is hardly written down.
        while (await emulator.AcceptedAsync(Token) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);
        }

        dashboard.KillHard();
        await dashboard.StartAsync(Token);

        // The open page finds the server again by itself and stays where it was.
        await tab.WaitForEndAsync(Rows);
        Assert.Equal(job, new Uri(tab.Page.Url).AbsolutePath);
        Assert.Equal(1, await emulator.AcceptedAsync(Token));
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Region, new() { Name = "Progress" })).ToContainTextAsync($"{Rows} stored");
    }

    private static string Sheet()
    {
        var csv = new StringBuilder("id,prompt\n");
        for (var i = 0; i < Rows; i++)
        {
            csv.Append("row-").Append(i).Append(",A paper boat number ").Append(i).Append('\n');
        }

        return csv.ToString();
    }
}
