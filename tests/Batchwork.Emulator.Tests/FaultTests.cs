using System.Net;
using System.Net.Http.Headers;
using Batchwork.Emulator.Faults;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

public sealed class FaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_WithOptions_AnswersInTheApisWords()
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add("openai.models.list", "status:429;retry-after=7;retry-after-ms=7000;code=insufficient_quota");

        using var response = await emulation.Client.GetAsync("openai/v1/models", Token);

        Assert.Equal("7000", response.Headers.GetValues("retry-after-ms").Single());
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter!.Delta);
        var (status, error) = await Emulation.ErrorAsync(response);
        Assert.Equal((429, "insufficient_quota", "insufficient_quota"), (status, error.Text("type"), error.Text("code")));
    }

    [Theory]
    [InlineData(401, "invalid_api_key")]
    [InlineData(403, "model_not_found")]
    [InlineData(500, "server_error")]
    [InlineData(529, "service_unavailable")]
    public async Task Status_Alone_SaysWhatIsUsual(int status, string code)
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add("openai.*", $"status:{status}");

        var (answered, error) = await Emulation.ErrorAsync(await emulation.Client.GetAsync("openai/v1/batches", Token));

        Assert.Equal((status, code), (answered, error.Text("code")));
    }

    [Fact]
    public async Task Status_OnCreate_NamesParamAndLineAndAcceptsNothing()
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));
        emulation.Emulator.Faults.Add("openai.batches.create", "status:400;param=prompt;line=17;message=Line 17 is wrong");

        var (_, error) = await Emulation.ErrorAsync(await CreateAsync(emulation, file.Text("id")));

        Assert.Equal(("prompt", 17L, "Line 17 is wrong"), (error.Text("param"), error.Number("line"), error.Text("message")));
        Assert.Equal(0, emulation.Emulator.Ledger.Read().Totals.Creates);
    }

    [Theory]
    [InlineData("Wed, 21 Oct 9999 07:28:00 GMT")]
    [InlineData("-5")]
    [InlineData("soon")]
    public async Task Status_RetryAfter_IsSentAsWritten(string value)
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add("openai.models.list", $"status:429;retry-after={value}");

        using var response = await emulation.Client.GetAsync("openai/v1/models", Token);

        Assert.Equal(value, response.Headers.NonValidated["retry-after"].ToString());
    }

    [Fact]
    public async Task Rule_AfterAndTimes_StrikesInBetween()
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add(new FaultRule { On = "openai.models.*", Do = "status:503", After = 1, Times = 2 });
        var statuses = new List<int>();

        for (var i = 0; i < 5; i++)
        {
            using var response = await emulation.Client.GetAsync("openai/v1/models", Token);
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([200, 503, 503, 200, 200], statuses);
        var rule = Assert.Single(emulation.Emulator.Faults.Rules);
        Assert.Equal((5, 2), (rule.Matched, rule.Applied));
    }

    [Fact]
    public async Task Rule_ByChance_IsTheSameForOneSeed()
    {
        var runs = new List<string>();
        foreach (var seed in new[] { 1, 1, 2 })
        {
            await using var emulation = await Emulation.StartAsync();
            emulation.Emulator.Faults.Add(new FaultRule { On = "*", Do = "status:500", Times = 0, Chance = 0.5, Seed = seed });
            var statuses = "";
            for (var i = 0; i < 30; i++)
            {
                using var response = await emulation.Client.GetAsync("openai/v1/models", Token);
                statuses += response.IsSuccessStatusCode ? "." : "x";
            }

            runs.Add(statuses);
        }

        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
        Assert.Contains('x', runs[0]);
        Assert.Contains('.', runs[0]);
    }

    [Theory]
    [InlineData("GET /openai/v1/models", 503)]
    [InlineData("* /openai/*", 503)]
    [InlineData("/openai/v1/mod*", 503)]
    [InlineData("POST /openai/v1/models", 200)]
    [InlineData("openai.models.list", 503)]
    [InlineData("openai.models", 200)]
    public async Task Rule_Pattern_MatchesOperationOrAddress(string on, int status)
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add(on, "status:503");

        using var response = await emulation.Client.GetAsync("openai/v1/models", Token);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("*", "explode")]
    [InlineData("*", "delay:soon")]
    [InlineData("*", "status:abc")]
    [InlineData("*", "lines:odd")]
    [InlineData("*", "list:odd")]
    [InlineData("*", "set:status=paused")]
    [InlineData("*", "header:X")]
    [InlineData("GET models", "stall")]
    public void Add_RuleThatMakesNoSense_IsRefused(string on, string what) =>
        Assert.Throws<FormatException>(() => new FaultScript().Add(on, what));

    [Fact]
    public async Task DropBefore_OnCreate_AcceptsNothing()
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));
        emulation.Emulator.Faults.Add("openai.batches.create", "drop-before");

        await Assert.ThrowsAnyAsync<Exception>(() => CreateAsync(emulation, file.Text("id")));

        var report = emulation.Emulator.Ledger.Read();
        Assert.Equal(0, report.Totals.Creates);
        Assert.Equal(1, report.Requests["openai.batches.create"].Answers["aborted"]);
    }

    [Fact]
    public async Task AcceptThenDrop_OnCreate_AcceptsAndSaysNothing()
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));
        emulation.Emulator.Faults.Add("openai.batches.create", "accept-then-drop");

        await Assert.ThrowsAnyAsync<Exception>(() => CreateAsync(emulation, file.Text("id")));

        Assert.Equal(1, emulation.Emulator.Ledger.Read().Totals.Creates);
        Assert.Single((await emulation.GetAsync("openai/v1/batches"))["data"]!.AsArray());
    }

    [Theory]
    [InlineData("accept-then-status:500", 500, "application/json")]
    [InlineData("accept-then-status:408", 408, "application/json")]
    [InlineData("accept-then-html", 502, "text/html")]
    [InlineData("accept-then-garbage", 200, "application/json")]
    public async Task AcceptThen_OnCreate_AcceptsAndSaysSomethingElse(string fault, int status, string type)
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));
        emulation.Emulator.Faults.Add("openai.batches.create", fault);

        using var response = await CreateAsync(emulation, file.Text("id"));

        Assert.Equal((status, type), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.DoesNotContain("batch_", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(1, emulation.Emulator.Ledger.Read().Totals.Creates);
    }

    [Fact]
    public async Task AcceptTwice_OnCreate_MakesTwoAndNamesTheRule()
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));
        var rule = emulation.Emulator.Faults.Add("openai.batches.create", "accept-twice");

        using var response = await CreateAsync(emulation, file.Text("id"));

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal([rule, null], emulation.Emulator.Ledger.Read().Entries.Skip(1).Select(entry => entry.Fault));
        Assert.Equal(2, (await emulation.GetAsync("openai/v1/batches"))["data"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("stall")]
    [InlineData("accept-then-stall")]
    public async Task Stall_OnCreate_EndsWhenTheCallerGivesUp(string fault)
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));
        emulation.Emulator.Faults.Add("openai.batches.create", fault);
        using var patience = new CancellationTokenSource();

        var creating = emulation.Client.PostAsync("openai/v1/batches", Body(file.Text("id")), patience.Token);
        while (
            emulation.Emulator.Faults.Rules[0].Applied == 0 || (fault != "stall" && emulation.Emulator.Ledger.Read().Totals.Creates == 0))
        {
            await Task.Yield();
        }

        Assert.False(creating.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating);
        Assert.Equal(fault == "stall" ? 0 : 1, emulation.Emulator.Ledger.Read().Totals.Creates);
    }

    [Fact]
    public async Task Delay_OnCall_LastsAsLongAsSaid()
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add("openai.models.list", "delay:5s");

        var asking = emulation.Client.GetAsync("openai/v1/models", Token);
        while (emulation.Emulator.Faults.Rules[0].Applied == 0)
        {
            await Task.Yield();
        }

        Assert.False(asking.IsCompleted);
        while (!asking.IsCompleted)
        {
            emulation.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        using var response = await asking;
        Assert.True(response.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("truncate:10", 10)]
    [InlineData("truncate:-3", 14)]
    [InlineData("truncate:0", 0)]
    [InlineData("truncate:999", 17)]
    public async Task Truncate_Content_EndsEarlyAsIfThatWereAll(string fault, int length)
    {
        await using var emulation = await Emulation.StartAsync();
        var id = (await emulation.UploadAsync("{\"c\":\"12345678\"}")).Text("id");
        emulation.Emulator.Faults.Add("openai.files.content", fault);

        using var response = await emulation.Client.GetAsync($"openai/v1/files/{id}/content", Token);

        Assert.Equal(length, response.Content.Headers.ContentLength);
        Assert.Equal("{\"c\":\"12345678\"}\n"[..length], await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task LengthNone_Content_AnnouncesNoLength()
    {
        await using var emulation = await Emulation.StartAsync();
        var id = (await emulation.UploadAsync("{}")).Text("id");
        emulation.Emulator.Faults.Add("openai.files.content", "length:none");

        using var response = await emulation.Client.GetAsync(
            $"openai/v1/files/{id}/content", HttpCompletionOption.ResponseHeadersRead, Token);

        Assert.Null(response.Content.Headers.ContentLength);
        Assert.Equal("{}\n", await response.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("ignore-range", HttpStatusCode.OK, null)]
    [InlineData("wrong-range", HttpStatusCode.PartialContent, 5L)]
    public async Task Range_Fault_AnswersOtherThanAsked(string fault, HttpStatusCode status, long? told)
    {
        await using var emulation = await Emulation.StartAsync();
        var id = (await emulation.UploadAsync("{\"c\":\"12345678\"}")).Text("id");
        emulation.Emulator.Faults.Add("openai.files.content", fault);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"openai/v1/files/{id}/content");
        request.Headers.Range = new RangeHeaderValue(4, null);

        using var response = await emulation.Client.SendAsync(request, Token);

        Assert.Equal((status, told), (response.StatusCode, response.Content.Headers.ContentRange?.From));
    }

    [Fact]
    public async Task Header_OnAnswer_IsChanged()
    {
        await using var emulation = await Emulation.StartAsync();
        var id = (await emulation.UploadAsync("{}")).Text("id");
        emulation.Emulator.Faults.Add("openai.files.content", "header:ETag=\"other\"");

        using var response = await emulation.Client.GetAsync($"openai/v1/files/{id}/content", Token);

        Assert.Equal("\"other\"", response.Headers.ETag!.Tag);
    }

    [Theory]
    [InlineData("set:status=\"paused\"", "status", "\"paused\"")]
    [InlineData("set:error_file_id=\"\"", "error_file_id", "\"\"")]
    [InlineData("set:request_counts.completed=-3", "request_counts.completed", "-3")]
    [InlineData("set:request_counts=null", "request_counts", "null")]
    [InlineData("set:error_file_id=$completion_window", "error_file_id", "\"24h\"")]
    public async Task Set_OnRetrieve_ChangesTheValue(string fault, string path, string value)
    {
        await using var emulation = await Emulation.StartAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", "A fox"));
        emulation.Emulator.Faults.Add("openai.batches.retrieve", fault);

        Assert.Equal(value, (await emulation.RetrieveAsync(batch)).At(path)?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData("list:repeat", "4 3 3 2 2 1")]
    [InlineData("list:skip", "4 3 1 0")]
    public async Task List_Twisted_RepeatsOrSkips(string fault, string expected)
    {
        await using var emulation = await Emulation.StartAsync();
        var names = await FiveBatchesAsync(emulation);
        emulation.Emulator.Faults.Add("openai.batches.list", fault, times: 0);
        var seen = new List<string>();

        var after = "";
        for (var page = 0; page < 3; page++)
        {
            var list = await emulation.GetAsync($"openai/v1/batches?limit=2{after}");
            if (list["last_id"] is null)
            {
                break;
            }

            seen.AddRange(list["data"]!.AsArray().Select(batch => names[batch!.Text("id")]));
            after = "&after=" + list.Text("last_id");
        }

        Assert.StartsWith(expected, string.Join(' ', seen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Loop_NeverEnds()
    {
        await using var emulation = await Emulation.StartAsync();
        _ = await FiveBatchesAsync(emulation);
        emulation.Emulator.Faults.Add("openai.batches.list", "list:loop", times: 0);

        var first = await emulation.GetAsync("openai/v1/batches?limit=3");
        var second = await emulation.GetAsync($"openai/v1/batches?limit=3&after={first.Text("last_id")}");

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.True(first["has_more"]!.GetValue<bool>());
    }

    [Fact]
    public async Task List_Shuffle_HasAllInOtherOrder()
    {
        await using var emulation = await Emulation.StartAsync();
        var names = await FiveBatchesAsync(emulation);
        emulation.Emulator.Faults.Add("openai.batches.list", "list:shuffle");

        var order = (await emulation.GetAsync("openai/v1/batches"))["data"]!.AsArray().Select(batch => names[batch!.Text("id")]).ToList();

        Assert.Equal(["0", "1", "2", "3", "4"], order.Order());
        Assert.NotEqual(["4", "3", "2", "1", "0"], order);
    }

    [Fact]
    public async Task TwoRules_OnOneCall_BothHappen()
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Emulator.Faults.Add("openai.models.list", "header:x-first=1");
        emulation.Emulator.Faults.Add("openai.models.list", "status:500");

        using var response = await emulation.Client.GetAsync("openai/v1/models", Token);

        Assert.Equal((500, "1"), ((int)response.StatusCode, response.Headers.GetValues("x-first").Single()));
    }

    private static StringContent Body(string fileId) => new(
        $$"""{"input_file_id":"{{fileId}}","endpoint":"{{Emulation.Generations}}","completion_window":"24h"}""", System.Text.Encoding.UTF8, "application/json");

    private static Task<HttpResponseMessage> CreateAsync(Emulation emulation, string fileId) =>
        emulation.Client.PostAsync("openai/v1/batches", Body(fileId), Token);

    // Ids of five batches → "0" (oldest) to "4".
    private static async Task<Dictionary<string, string>> FiveBatchesAsync(Emulation emulation)
    {
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));
        var names = new Dictionary<string, string>();
        for (var i = 0; i < 5; i++)
        {
            names[(await emulation.CreateAsync(file.Text("id"))).Text("id")] = $"{i}";
        }

        return names;
    }
}
