using System.Net;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

/// <summary>Faults on the surfaces of all providers alike.</summary>
public sealed class ProviderFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Providers => ["openai", "google", "xai"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Status_OnCreate_IsNotAccepted(string provider)
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add($"{provider}.batches.create", "status:503;retry-after=7;message=later");

        using var response = await CreateAsync(emulation, provider);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "7"), (response.StatusCode, response.Headers.RetryAfter?.ToString()));
        Assert.Contains("later", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(0, emulation.Emulator.Ledger.Read().Totals.Creates);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task AcceptThenStatus_OnCreate_IsInTheLedger(string provider)
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add($"{provider}.batches.create", "accept-then-status:500");

        using var response = await CreateAsync(emulation, provider);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(1, emulation.Emulator.Ledger.Read().Providers[provider].Creates);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task AcceptTwice_OnCreate_MakesTwoBatchesOfOneRequest(string provider)
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add($"{provider}.batches.create", "accept-twice");

        using var response = await CreateAsync(emulation, provider);

        var creates = emulation.Emulator.Ledger.Read().Entries.Where(entry => entry.Operation == $"{provider}.batches.create").ToList();
        Assert.Equal(("fault-1", null), (creates[0].Fault, creates[1].Fault));
        Assert.Equal((2, 1), (creates.Count, creates[1].Requests));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task ForgetCancel_IsAnsweredAndTheBatchGoesOn(string provider)
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { Repeat = 1 });
        using var created = await CreateAsync(emulation, provider);
        var id = emulation.Emulator.Ledger.Read().Entries[^1].Id;
        emulation.Emulator.Faults.Add($"{provider}.batches.cancel", "forget-cancel");
        var path = provider == "openai" ? $"openai/v1/batches/{id}/cancel" : $"{V1(provider)}batches/{id}:cancel";

        using var cancelled = await emulation.Client.PostAsync(path, null, Token);
        emulation.Time.Advance(TimeSpan.FromMinutes(10));
        var done = (await emulation.GetAsync($"{V1(provider)}batches/{id}")).ToJsonString();

        Assert.True(cancelled.IsSuccessStatusCode);
        Assert.Contains(provider switch { "openai" => "\"completed\"", "google" => "BATCH_STATE_SUCCEEDED", _ => "\"num_success\":1" }, done, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task ListLag_KeepsNewBatchesOutOfLists(string provider)
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { ListLag = TimeSpan.FromSeconds(90) });
        using var created = await CreateAsync(emulation, provider);
        var id = emulation.Emulator.Ledger.Read().Entries[^1].Id!;

        var early = (await emulation.GetAsync(V1(provider) + "batches")).ToJsonString();
        emulation.Time.Advance(TimeSpan.FromSeconds(91));
        var late = (await emulation.GetAsync(V1(provider) + "batches")).ToJsonString();

        Assert.DoesNotContain(id, early, StringComparison.Ordinal);
        Assert.Contains(id, late, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Loop_OnList_NeverEnds(string provider)
    {
        await using var emulation = await Emulation.StartAsync();
        using var created = await CreateAsync(emulation, provider);
        emulation.Emulator.Faults.Add($"{provider}.batches.list", "list:loop", times: 0);

        var list = await emulation.GetAsync(V1(provider) + "batches");

        Assert.NotNull(list["nextPageToken"] ?? list["pagination_token"] ?? (list["has_more"]!.GetValue<bool>() ? list["last_id"] : null));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Hostile_ComesInTheProvidersShapeWithTheCallersKey(string provider)
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add($"{provider}.batches.list", "hostile:400;size=1MB");

        using var response = await emulation.Client.GetAsync(V1(provider) + "batches", Token);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["error"]!;

        var message = error is JsonObject ? error.Text("message") : error.GetValue<string>();
        Assert.True(message.Length >= 1_000_000);
        Assert.Contains("sk-test", message, StringComparison.Ordinal);
        Assert.Contains("<script>", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GzipBomb_InflatesToWhatItSays()
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add("google.batches.list", "gzip-bomb:64MiB");

        var small = await emulation.Client.GetByteArrayAsync("google/v1beta/batches", Token);
        await using var inflated = new System.IO.Compression.GZipStream(new MemoryStream(small), System.IO.Compression.CompressionMode.Decompress);
        using var counted = new MemoryStream();
        await inflated.CopyToAsync(counted, Token);

        Assert.True(small.Length < 1 << 20);
        Assert.Equal(64 << 20, counted.Length);
    }

    [Fact]
    public async Task Redirect_OnAPicture_GoesWhereItSays()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        emulation.Emulator.Faults.Add("xai.pictures.get", "redirect:http://169.254.169.254/latest");

        using var response = await emulation.Client.GetAsync("xai/hosted/xai-imgen/any.jpeg", Token);

        Assert.Equal((HttpStatusCode.Found, "http://169.254.169.254/latest"), (response.StatusCode, response.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task UnsetAndSet_InsideLists_ChangeTheAnswer()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 1);
        var batch = await emulation.Google.SubmitAsync(GoogleClient.Line("a", "A fox"));
        emulation.Emulator.Faults.Add("google.batches.get", "unset:response");
        emulation.Emulator.Faults.Add("google.batches.get", "set:metadata.state=\"BATCH_STATE_PARTIALLY_SUCCEEDED\"");
        emulation.Emulator.Faults.Add("google.batches.list", "set:operations.0.metadata.state=7");

        var one = await emulation.Google.GetAsync(batch.Text("name"));
        var list = await emulation.Google.GetAsync("batches");

        Assert.Equal((null, "BATCH_STATE_PARTIALLY_SUCCEEDED"), (one["response"], one.Text("metadata.state")));
        Assert.Equal(7, list["operations"]![0]!.Number("metadata.state"));
    }

    [Theory]
    [InlineData("204-with-body")]
    [InlineData("bad-chunk")]
    [InlineData("unended-chunks")]
    [InlineData("half-a-header")]
    [InlineData("no-http")]
    [InlineData("informational")]
    public async Task Raw_OverASocket_IsNoAnswerAClientCanUse(string answer)
    {
        using var folder = new TemporaryFolder();
        using var program = await ProgramUnderTest.StartAsync(folder.Path);
        using var rule = new StringContent(
            $$"""{"on":"xai.batches.list","do":"raw:{{answer}}"}""", System.Text.Encoding.UTF8, "application/json");
        using var added = await program.Client.PostAsync("_emulator/faults", rule, Token);

        var answered = await Record.ExceptionAsync(async () =>
        {
            var text = await program.Client.GetStringAsync("xai/v1/batches", Token);
            throw new InvalidDataException($"read '{text}'");
        });

        Assert.True(answered is HttpRequestException or HttpIOException or InvalidDataException { Message: "read ''" }, $"{answered}");
    }

    private static string V1(string provider) => provider == "google" ? "google/v1beta/" : provider + "/v1/";

    private static async Task<HttpResponseMessage> CreateAsync(Emulation emulation, string provider)
    {
        switch (provider)
        {
            case "google":
                return await emulation.Google.PostInlineBatchAsync(GoogleClient.Inline("a", "A fox"));
            case "xai":
                return await emulation.XAI.PostBatchAsync((await emulation.XAI.UploadAsync(XAIClient.Line("a", "A fox"))).Text("id"));
            default:
                var file = (await emulation.UploadAsync(Emulation.Line("a", "A fox"))).Text("id");
                return await emulation.PostBatchAsync(
                    $$"""{"input_file_id":"{{file}}","endpoint":"{{Emulation.Generations}}","completion_window":"24h"}""");
        }
    }
}
