using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.NewJob;

public sealed class SheetUploadTests : IAsyncLifetime
{
    private const string Address = "/w/studio/sheets";
    private const string Sheet = "prompt,size\nA red bicycle,1024x1024\nA cat,1024x1024\n";
    private readonly DashboardServer _server = new()
    {
        Settings = { ["Batchwork:MaxSheetMebibytes"] = "1" },
        Configure = services => services.AddSingleton<IStartupFilter, FormTokens>(),
    };

    private HttpClient _browser = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _browser = await _server.SignedInAsync(Token);

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Upload_ByScript_AnswersWithTheDraft()
    {
        using var answer = await SendAsync(File(Sheet, "Spring.csv"), inHeader: true, asScript: true);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var location = (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("location").GetString()!;
        var draft = Assert.Single(await DraftsAsync());
        Assert.Equal($"/w/studio/drafts/{draft.Id}", location);
        Assert.Equal(("Spring", "Spring.csv", 2), (draft.Name, draft.FileName, draft.Rows));
    }

    [Fact]
    public async Task Upload_ByPlainForm_LeadsToTheDraft()
    {
        using var answer = await SendAsync(File(Sheet, "Spring.csv"), inHeader: false, asScript: false);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal($"/w/studio/drafts/{Assert.Single(await DraftsAsync()).Id}", answer.Location());
    }

    [Fact]
    public async Task Upload_TypedPrompts_BecomeRows()
    {
        using var answer = await SendAsync(Field("prompts", "A cat\r\nA dog, running\r\n"), inHeader: false, asScript: false);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(2, Assert.Single(await DraftsAsync()).Rows);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("forged")]
    public async Task Upload_WithoutOurToken_IsRefusedBeforeTheFileIsRead(string? token)
    {
        using var form = new MultipartFormDataContent();
        if (token is not null)
        {
            form.Add(new StringContent(token), "__RequestVerificationToken");
        }

        form.Add(File(Sheet, "x.csv").Content, "sheet", "x.csv");
        using var answer = await _browser.PostAsync(Address, form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await AssertNothingStoredAsync();
    }

    [Fact]
    public async Task Upload_TokenAfterTheFile_IsRefused()
    {
        using var form = new MultipartFormDataContent { { File(Sheet, "x.csv").Content, "sheet", "x.csv" } };
        form.Add(new StringContent(await TokenAsync()), "__RequestVerificationToken");

        using var answer = await _browser.PostAsync(Address, form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await AssertNothingStoredAsync();
    }

    [Fact]
    public async Task Upload_ByAStranger_IsRefused()
    {
        using var form = new MultipartFormDataContent { { File(Sheet, "x.csv").Content, "sheet", "x.csv" } };

        using var answer = await _server.Browser().PostAsync(Address, form, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        await AssertNothingStoredAsync();
    }

    [Fact]
    public async Task Upload_IntoAForeignWorkspace_IsNotFound()
    {
        await _server.Services.GetRequiredService<WorkspaceService>().CreateFirstAsync("someone-else", "Elsewhere", "elsewhere", Token);

        using var answer = await SendAsync(File(Sheet, "x.csv"), inHeader: true, asScript: true, "/w/elsewhere/sheets");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await AssertNothingStoredAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_TooLarge_IsRefusedWithTheLimit(bool isLengthKnown)
    {
        var rows = new StringBuilder("prompt\n");
        while (rows.Length < 2 * 1024 * 1024)
        {
            rows.Append("A prompt of ordinary length about a red bicycle\n");
        }

        using var answer = await SendAsync(File(rows.ToString(), "big.csv"), inHeader: true, asScript: true, isChunked: !isLengthKnown);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("larger than 1 MiB", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await AssertNothingStoredAsync();
    }

    [Fact]
    public async Task Upload_NoSheet_NamesTheFaults()
    {
        using var answer = await SendAsync(File("promt\nA\n", "x.csv"), inHeader: true, asScript: true);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.StartsWith("Unknown column 'promt' — did you mean 'prompt'?", body.GetProperty("faults")[0].GetString(), StringComparison.Ordinal);
        await AssertNothingStoredAsync();
    }

    [Fact]
    public async Task Upload_NoSheetByPlainForm_ShowsAPageInWhichNamesAreText()
    {
        using var answer = await SendAsync(File("<img src=x onerror=alert(1)>,1\n", "<script>alert(1).csv"), inHeader: false, asScript: false);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.DocumentAsync(Token);
        Assert.Empty(page.QuerySelectorAll("script, img"));
        Assert.Contains("<script>alert(1).csv", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/w/studio/jobs/new", page.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Upload_FormWithoutASheet_IsABadRequest()
    {
        using var answer = await SendAsync(Field("other", "x"), inHeader: true, asScript: true);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static (HttpContent Content, string Name, string? FileName) File(string text, string fileName) =>
        (new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "sheet", fileName);

    private static (HttpContent Content, string Name, string? FileName) Field(string name, string text) => (new StringContent(text), name, null);

    private async Task<HttpResponseMessage> SendAsync(
        (HttpContent Content, string Name, string? FileName) part, bool inHeader, bool asScript, string address = Address, bool isChunked = false)
    {
        var token = await TokenAsync();
        using var form = new MultipartFormDataContent();
        if (!inHeader)
        {
            form.Add(new StringContent(token), "__RequestVerificationToken");
        }

        if (part.FileName is null)
        {
            form.Add(part.Content, part.Name);
        }
        else
        {
            form.Add(part.Content, part.Name, part.FileName);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        request.Headers.TransferEncodingChunked = isChunked ? true : null;
        if (inHeader)
        {
            request.Headers.Add("RequestVerificationToken", token);
        }

        if (asScript)
        {
            request.AcceptOnly("application/json");
        }

        return await _browser.SendAsync(request, Token);
    }

    private async Task<string> TokenAsync() => await _browser.GetStringAsync(FormTokens.Address, Token);

    private async Task<IReadOnlyList<DraftSummary>> DraftsAsync() =>
        await _server.Services.GetRequiredService<DraftQueries>().ListAsync(await _server.OwnerAsync(Token), 10, Token);

    private async Task AssertNothingStoredAsync()
    {
        await using var context = await _server.Services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(Token);
        Assert.False(await context.Sheets.AnyAsync(Token));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_server.DataFolder, "spool"), "sheet-*"));
    }
}
