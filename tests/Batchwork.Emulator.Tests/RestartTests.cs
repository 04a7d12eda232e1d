using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Ledger;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

/// <summary>What Google's and xAI's surfaces accepted outlives the emulator's end, like OpenAI's.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Restart_BatchesAndLedgerOfAllProviders_AreStillThere()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { StateFolder = folder.Path, Repeat = 1, Schedule = BatchSchedule.Instant };
        var first = await Emulation.StartAsync(settings);
        var google = await first.Google.SubmitAsync(GoogleClient.Line("g", "A fox"));
        var inline = await first.Google.SubmitInlineAsync(GoogleClient.Inline("i", "A fox"));
        var xai = await first.XAI.SubmitAsync(XAIClient.Line("x", "A fox"));
        var openai = await first.SubmitAsync(Emulation.Line("o", "A fox"));
        var before = first.Emulator.Ledger.Read();
        var result = (await first.Google.ResultsAsync(google))[0].ToJsonString();
        await first.DisposeAsync();

        await using var second = await Emulation.StartAsync(settings, first.Time);
        var after = second.Emulator.Ledger.Read();

        Assert.Equal(result, (await second.Google.ResultsAsync(await second.Google.GetAsync(google.Text("name"))))[0].ToJsonString());
        Assert.True(JsonNode.DeepEquals(inline, await second.Google.GetAsync(inline.Text("name"))));
        Assert.Equal("x", Assert.Single(await second.XAI.ResultsAsync(await second.XAI.AgainAsync(xai))).Text("batch_request_id"));
        Assert.Equal("o", Assert.Single(await second.ResultsAsync(openai)).Text("custom_id"));
        Assert.Equal((4, 3, 4), (after.Totals.Creates, after.Totals.Uploads, after.Totals.CreatedRequests));
        Assert.Equal(before.Providers, after.Providers);
        Assert.Equal((2, 1), (after.Providers["google"].Creates, after.Providers["google"].Uploads));
    }

    [Fact]
    public async Task Restart_EntriesThatWereNotWritten_AreEnteredAgain()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { StateFolder = folder.Path, Repeat = 1 };
        var first = await Emulation.StartAsync(settings);
        var google = await first.Google.SubmitInlineAsync(GoogleClient.Inline("i", "A fox"));
        var xai = await first.XAI.SubmitAsync(XAIClient.Line("x", "A fox"));
        await first.DisposeAsync();
        await File.WriteAllTextAsync(folder.At("ledger.jsonl"), "", TestContext.Current.CancellationToken);

        await using var second = await Emulation.StartAsync(settings, first.Time);

        var creates = second.Emulator.Ledger.Read().Entries.Where(entry => entry.Kind == LedgerKind.Create).ToList();
        Assert.Equal([google.Text("name")["batches/".Length..], xai.Text("batch_id")], creates.Select(entry => entry.Id));
        Assert.Equal(["tag", "tag"], creates.SelectMany(entry => entry.Metadata!.Values));
    }

    [Theory]
    [InlineData("""{"google":{"resultsIn":"response"},"xai":{"pictureLife":"5m"}}""", null)]
    [InlineData("""{"google":{"colour":"red"}}""", "there is no setting google.colour")]
    [InlineData("""{"xai":{"resultName":"nothing"}}""", "xai.resultName must be image_generation or image_response")]
    public async Task Settings_OfASurface_CanBePut(string json, string? problem)
    {
        await using var emulation = await Emulation.StartAsync();
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");

        using var response = await emulation.Client.PutAsync("_emulator/settings", content, TestContext.Current.CancellationToken);

        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(problem, problem is null ? null : answer["problems"]![0]!.GetValue<string>());
        Assert.Equal(problem is null, response.IsSuccessStatusCode);
        Assert.True(problem is not null || answer.Text("xai.pictureLife") == "00:05:00");
    }
}
