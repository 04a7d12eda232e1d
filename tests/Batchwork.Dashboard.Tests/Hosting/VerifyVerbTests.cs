using Batchwork.Dashboard.Hosting;
using Batchwork.Dashboard.Verification;
using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;

namespace Batchwork.Dashboard.Tests.Hosting;

public sealed class VerifyVerbTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_AllHolds_SaysWhatWasCheckedAndEndsWithZero()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        Assert.Equal((0, "All promises hold: jobs 0, rows 0, pictures 0.\n", string.Empty), await RunAsync(server));
    }

    [Fact]
    public async Task Verify_PicturesGone_NamesThePromiseFirstAndEndsWithOne()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        await new JobBuilder(server.Services, await server.OwnerAsync(Token)).Rows(60, RowState.Stored).In(JobState.Running).SaveAsync(Token);

        var (code, output, errors) = await RunAsync(server);

        Assert.Equal((1, string.Empty), (code, output));
        var lines = errors.TrimEnd().Split('\n');
        Assert.Matches("^I[1-9]: ", lines[0]);
        Assert.Equal(51, lines.Length);
        Assert.Matches(@"^\d+ promises are broken\. Nothing was changed\.$", lines[^1]);
    }

    // The test's server holds the folder already, and taking it again in the same process is harmless.
    private static async Task<(int Code, string Output, string Errors)> RunAsync(DashboardServer server)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await VerifyVerb.RunAsync(server.Services, new Terminal(output, errors, TextReader.Null, () => null), Token);
        return (code, output.ToString(), errors.ToString());
    }
}
