using System.Text.Json.Nodes;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

/// <summary>Markers mean the same on the surfaces of all providers.</summary>
public sealed class ProviderMarkerTests
{
    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var provider in (string[])["openai", "google", "google-inline", "xai"])
            {
                cases.Add(provider, "[[missing]]", "b");
                cases.Add(provider, "[[duplicate]]", "a a b");
                cases.Add(provider, "[[duplicate:different]]", "a a b");
                cases.Add(provider, "[[line:unknown-id]]", "b unknown-a");
                cases.Add(provider, "[[line:stray]]", "a b stray-a");
                cases.Add(provider, "[[line:blank]]", "a b");
                cases.Add(provider, "[[corrupt]]", "a b");
                cases.Add(provider, "[[flaky]]", provider == "openai" ? "b" : "a b");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Marker_InOneOfTwoRequests_ShowsInTheIds(string provider, string marker, string expected)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);

        var ids = await IdsAsync(emulation, provider, $"A fox {marker}");

        Assert.Equal(expected, string.Join(' ', ids.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("google", "google.batches.create")]
    [InlineData("xai", "xai.batches.create")]
    public async Task Fault_OnCreate_BreaksLinesOfAnyProvider(string provider, string create)
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        emulation.Emulator.Faults.Add(create, "lines:missing;every=2");

        Assert.Single(await IdsAsync(emulation, provider, "A fox"));
    }

    private static async Task<IEnumerable<string>> IdsAsync(Emulation emulation, string provider, string prompt)
    {
        switch (provider)
        {
            case "google":
                var file = await emulation.Google.SubmitAsync(GoogleClient.Line("a", prompt), GoogleClient.Line("b", "A bear"));
                return (await emulation.Google.ResultsAsync(file)).Select(result => result.Text("key"));
            case "google-inline":
                var inline = await emulation.Google.SubmitInlineAsync(GoogleClient.Inline("a", prompt), GoogleClient.Inline("b", "A bear"));
                return GoogleClient.InlineResults(inline).Select(result => result.Text("metadata.key"));
            case "xai":
                var xai = await emulation.XAI.SubmitAsync(XAIClient.Line("a", prompt), XAIClient.Line("b", "A bear"));
                return (await emulation.XAI.ResultsAsync(xai, limit: 1000)).Select(result => result.Text("batch_request_id"));
            default:
                JsonObject openai = await emulation.SubmitAsync(Emulation.Line("a", prompt), Emulation.Line("b", "A bear"));
                return (await emulation.ResultsAsync(openai)).Select(result => result.Text("custom_id"));
        }
    }
}
