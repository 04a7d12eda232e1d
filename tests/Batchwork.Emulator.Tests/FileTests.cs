using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

public sealed class FileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_ValidForm_AnswersFileObject()
    {
        await using var emulation = await Emulation.StartAsync();
        using var form = Emulation.Form(Emulation.Line("a", "A fox") + "\n", "bw1-tag.jsonl");

        using var response = await emulation.Client.PostAsync("openai/v1/files", form, Token);

        Assert.StartsWith("req_", response.Headers.GetValues("x-request-id").Single(), StringComparison.Ordinal);
        var file = await Emulation.ReadAsync(response);
        Assert.Equal(
            ["id", "object", "bytes", "created_at", "expires_at", "filename", "purpose", "status", "status_details"],
            file.Select(property => property.Key));
        Assert.Equal("bw1-tag.jsonl", file.Text("filename"));
        Assert.Equal(Emulation.Line("a", "A fox").Length + 1, file.Number("bytes"));
        Assert.Equal(30 * 86400, file.Number("expires_at") - file.Number("created_at"));
        Assert.Equal("processed", file.Text("status"));
    }

    [Fact]
    public async Task Upload_WithExpiry_CountsFromCreation()
    {
        await using var emulation = await Emulation.StartAsync();
        using var form = Emulation.Form("{}");
        form.Add(new StringContent("created_at"), "expires_after[anchor]");
        form.Add(new StringContent("3600"), "expires_after[seconds]");

        var file = await Emulation.ReadAsync(await emulation.Client.PostAsync("openai/v1/files", form, Token));

        Assert.Equal(3600, file.Number("expires_at") - file.Number("created_at"));
        emulation.Time.Advance(TimeSpan.FromSeconds(3601));
        using var gone = await emulation.Client.GetAsync($"openai/v1/files/{file.Text("id")}", Token);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Theory]
    [InlineData("job.jsonl", "hobby", "purpose", "invalid_value")]
    [InlineData("job.csv", "batch", "file", "invalid_file_format")]
    public async Task Upload_WrongField_NamesIt(string filename, string purpose, string param, string code)
    {
        await using var emulation = await Emulation.StartAsync();
        using var form = Emulation.Form("{}", filename, purpose);

        var (status, error) = await Emulation.ErrorAsync(await emulation.Client.PostAsync("openai/v1/files", form, Token));

        Assert.Equal((400, param, code), (status, error.Text("param"), error.Text("code")));
        Assert.Equal("invalid_request_error", error.Text("type"));
    }

    [Fact]
    public async Task Upload_LargerThanLimit_413AndNothingKept()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { LargestUpload = 100 });
        using var form = Emulation.Form(new string('x', 200));

        var (status, _) = await Emulation.ErrorAsync(await emulation.Client.PostAsync("openai/v1/files", form, Token));

        Assert.Equal(413, status);
        Assert.Empty((await emulation.GetAsync("openai/v1/files"))["data"]!.AsArray());
        Assert.Equal(0, emulation.Emulator.Ledger.Read().Totals.Uploads);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Bearer sk-invalid", "invalid_api_key")]
    [InlineData("Basic abc", null)]
    public async Task AnyCall_WrongKey_401(string? header, string? code)
    {
        await using var emulation = await Emulation.StartAsync();
        emulation.Client.DefaultRequestHeaders.Authorization = header is null ? null : AuthenticationHeaderValue.Parse(header);

        var (status, error) = await Emulation.ErrorAsync(await emulation.Client.GetAsync("openai/v1/models", Token));

        Assert.Equal((401, code), (status, error["code"]?.GetValue<string>()));
    }

    [Fact]
    public async Task AnyCall_KeysGiven_OnlyThoseAccepted()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { ApiKeys = ["sk-good"] });

        using var refused = await emulation.Client.GetAsync("openai/v1/models", Token);
        emulation.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk-good");
        using var accepted = await emulation.Client.GetAsync("openai/v1/models", Token);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, accepted.StatusCode));
    }

    [Fact]
    public async Task List_ManyFiles_PagesNewestFirst()
    {
        await using var emulation = await Emulation.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, (await emulation.UploadAsync(Emulation.Line("a", $"{i}"))).Text("id"));
        }

        var first = await emulation.GetAsync("openai/v1/files?purpose=batch&limit=2");
        var second = await emulation.GetAsync($"openai/v1/files?purpose=batch&limit=2&after={first.Text("last_id")}");
        var third = await emulation.GetAsync($"openai/v1/files?purpose=batch&limit=2&after={second.Text("last_id")}");

        Assert.Equal(
            ids,
            first["data"]!.AsArray().Concat(second["data"]!.AsArray()).Concat(third["data"]!.AsArray()).Select(file => file!.Text("id")));
        Assert.Equal((true, true, false), (HasMore(first), HasMore(second), HasMore(third)));
        Assert.Equal(ids[^1], (await emulation.GetAsync("openai/v1/files?order=asc&limit=1")).Text("first_id"));
        Assert.Empty((await emulation.GetAsync("openai/v1/files?purpose=batch_output"))["data"]!.AsArray());

        static bool HasMore(JsonObject page) => page["has_more"]!.GetValue<bool>();
    }

    [Theory]
    [InlineData("openai/v1/files?limit=0", "integer_below_min_value")]
    [InlineData("openai/v1/files?limit=10001", "integer_above_max_value")]
    [InlineData("openai/v1/files?limit=x", "invalid_type")]
    [InlineData("openai/v1/files?order=up", "invalid_value")]
    [InlineData("openai/v1/files?after=file-x", "invalid_value")]
    [InlineData("openai/v1/batches?limit=101", "integer_above_max_value")]
    public async Task List_WrongQuestion_Refused(string path, string code)
    {
        await using var emulation = await Emulation.StartAsync();

        var (status, error) = await Emulation.ErrorAsync(await emulation.Client.GetAsync(path, Token));

        Assert.Equal((400, code), (status, error.Text("code")));
    }

    [Fact]
    public async Task List_WithLag_ShowsFileLater()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { ListLag = TimeSpan.FromSeconds(90) });
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"));

        var early = await emulation.GetAsync("openai/v1/files");
        _ = await emulation.GetAsync($"openai/v1/files/{file.Text("id")}");
        emulation.Time.Advance(TimeSpan.FromSeconds(90));
        var late = await emulation.GetAsync("openai/v1/files");

        Assert.Empty(early["data"]!.AsArray());
        Assert.Single(late["data"]!.AsArray());
    }

    [Fact]
    public async Task Delete_File_IsGone()
    {
        await using var emulation = await Emulation.StartAsync();
        var id = (await emulation.UploadAsync(Emulation.Line("a", "A fox"))).Text("id");

        var deleted = await Emulation.ReadAsync(await emulation.Client.DeleteAsync($"openai/v1/files/{id}", Token));
        using var again = await emulation.Client.DeleteAsync($"openai/v1/files/{id}", Token);

        Assert.True(deleted["deleted"]!.GetValue<bool>());
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Delete_InputOfRunningBatch_ResultsStillCome()
    {
        await using var emulation = await Emulation.StartAsync();
        var batch = await emulation.SubmitAsync(Emulation.Line("a", "A fox"));
        using var deleted = await emulation.Client.DeleteAsync($"openai/v1/files/{batch.Text("input_file_id")}", Token);

        emulation.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(await emulation.ResultsAsync(batch));
    }

    [Fact]
    public async Task Unknown_Address_404InTheApisWords()
    {
        await using var emulation = await Emulation.StartAsync();

        var (status, error) = await Emulation.ErrorAsync(await emulation.Client.GetAsync("openai/v1/chat/completions", Token));

        Assert.Equal((404, "invalid_request_error"), (status, error.Text("type")));
    }
}
