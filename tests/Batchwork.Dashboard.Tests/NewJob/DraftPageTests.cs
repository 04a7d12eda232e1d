using Batchwork.Adapters;
using Batchwork.Dashboard.Features.NewJob;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Costs;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Scheduling;
using Batchwork.Engine.Sheets;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace Batchwork.Dashboard.Tests.NewJob;

/// <summary>The draft page on the real engine.</summary>
public sealed class DraftPageTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly BunitContext _context = new();
    private TestEngine _engine = null!;
    private WorkspaceContext _workspace = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var provider = new FakeBatchAdapter { Models = [TestDraft.Painter], Rules = OnlyKnownSizes };
        _engine = await TestEngine.StartAsync(Token, services => services
            .AddKeyedSingleton<IBatchAdapter>("openai", provider)
            .AddSingleton<IWorkSignal>(new FakeWorkSignal()));
        _workspace = new WorkspaceContext(_engine.WorkspaceId, "studio", "Studio", _engine.Owner);
        _context.Services.AddMudServices();
        _context.Services
            .AddSingleton(_engine.Get<DraftQueries>())
            .AddSingleton(_engine.Get<DraftService>())
            .AddSingleton(_engine.Get<DraftRowService>())
            .AddSingleton(_engine.Get<JobStarter>())
            .AddSingleton(_engine.Get<CostQueries>())
            .AddSingleton(_engine.Get<ReuseQueries>())
            .AddSingleton(_engine.Get<ILiveUpdates>())
            .AddSingleton<TimeProvider>(_engine.Time);
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.JSInterop.SetupModule("./Features/NewJob/DraftPage.razor.js").Setup<string?>("timeZone").SetResult("UTC");
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Page_OfADraft_ShowsCountsAndWhenItWasSaved()
    {
        var page = Render(await UploadAsync("prompt,n,size\nA,1,1024x1024\nB,two,1024x1024\n"));

        await page.WaitForAssertionAsync(() => Assert.Contains("9:00", page.Find(".draft-saved").TextContent, StringComparison.Ordinal), s_patience);
        Assert.Equal("sheet", page.Find("h1").TextContent);
        Assert.Equal("1 ready · 0 warnings · 1 error", string.Join(' ', page.Find("#check-title").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task Settings_Changed_AreSavedAtOnce()
    {
        var id = await UploadAsync("prompt\nA\n");
        var page = Render(id);

        await page.Find("#quality").ChangeAsync("high");

        await page.WaitForAssertionAsync(() => Assert.Equal("high", page.Find("#quality").GetAttribute("value")), s_patience);
        Assert.Equal("high", (await _engine.Get<DraftQueries>().GetAsync(_engine.Owner, id, Token))!.Settings.Option("quality"));
    }

    [Fact]
    public async Task Settings_ChangedInAnotherTab_ArePolitelyRefusedAndShown()
    {
        var id = await UploadAsync("prompt\nA\n");
        var page = Render(id);
        await using (var context = _engine.CreateContext())
        {
            // What another process would have written: nobody told this page.
            await context.Drafts.Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.Revision, d => d.Revision + 1).SetProperty(d => d.Name, "Other"), Token);
        }

        await page.Find("#quality").ChangeAsync("high");

        await page.WaitForAssertionAsync(() => Assert.Contains("in another tab", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), s_patience);
        Assert.Equal("Other", page.Find("h1").TextContent);
    }

    [Fact]
    public async Task Group_Suggestion_RepairsItsRowsAndCanBeUndone()
    {
        var page = Render(await UploadAsync("prompt,size\nA,1000x1000\nB,1000x1000\n"));

        await page.FindAll("button").Single(b => b.TextContent == "Use 1024x1024").ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("2 ready", page.Find("#check-title").TextContent, StringComparison.Ordinal), s_patience);

        await page.FindAll("button").Single(b => b.TextContent.Contains("Undo: size 1024x1024 for 2 rows", StringComparison.Ordinal)).ClickAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("2 errors", page.Find("#check-title").TextContent, StringComparison.Ordinal), s_patience);
    }

    [Fact]
    public async Task Review_Run_StartsTheJobAndGoesToIt()
    {
        var id = await UploadAsync("prompt,size\nA,1024x1024\nB,1024x1024\n");
        var page = Render(id, step: 3);

        await page.FindAll("button").Single(b => b.TextContent.Contains("Run 2 rows", StringComparison.Ordinal)).ClickAsync();

        await using var context = _engine.CreateContext();
        var job = await context.Jobs.SingleAsync(j => j.DraftId == id, Token);
        Assert.EndsWith($"/w/studio/jobs/{job.Id}", _context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_OverTheBudget_StartsNothingAndOffersWhatCanBeDone()
    {
        var id = await UploadAsync("prompt,size\nA,1024x1024\nB,1024x1024\n");
        await _engine.Get<BudgetService>().SetAsync(_engine.Owner, null, 26_500, Token);
        var page = Render(id, step: 3);
        await page.WaitForAssertionAsync(() => Assert.Contains("Budget left", page.Markup, StringComparison.Ordinal), s_patience);

        await page.FindAll("button").Single(b => b.TextContent.Contains("Run 2 rows", StringComparison.Ordinal)).ClickAsync();

        await page.WaitForAssertionAsync(
            () => Assert.Equal(
                "This job needs about $0.05; the workspace's budget has $0.03 left until 1 December 00:00 UTC. Nothing was sent.",
                page.Find(".problem-what").TextContent),
            s_patience);
        Assert.Equal([$"/w/studio/drafts/{id}?step=2", "/w/studio/costs"], page.FindAll(".problem-actions a").Select(a => a.GetAttribute("href")));
        await using var context = _engine.CreateContext();
        Assert.False(await context.Jobs.AnyAsync(j => j.DraftId == id, Token));
    }

    [Fact]
    public async Task Review_ReachedByAddress_IsRememberedForTheNextReload()
    {
        var id = await UploadAsync("prompt\nA\n");

        var page = Render(id, step: 3);

        await page.WaitForAssertionAsync(
            () =>
            {
                using var context = _engine.CreateContext();
                Assert.Equal(3, context.Drafts.Single(d => d.Id == id).Step);
            },
            s_patience);
        Assert.Contains("Review", Render(id).Find("h2").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OfNoDraft_SaysSo()
    {
        Assert.Contains("This draft is not here", Render(_engine.WorkspaceId).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfADraftThatRan_GoesToTheJob()
    {
        var id = await UploadAsync("prompt,size\nA,1024x1024\n");
        var jobId = await _engine.Get<JobStarter>().RunAsync(_engine.Owner, id, Token);

        Render(id);

        Assert.EndsWith($"/w/studio/jobs/{jobId}", _context.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private IRenderedComponent<DraftPage> Render(Guid id, int? step = null)
    {
        var navigation = _context.Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo($"/w/studio/drafts/{id}{(step is null ? "" : $"?step={step}")}");
        return _context.Render<DraftPage>(p => p
            .AddCascadingValue(_workspace)
            .Add(page => page.Slug, "studio")
            .Add(page => page.Id, id));
    }

    private async Task<Guid> UploadAsync(string text)
    {
        await using (var context = _engine.CreateContext())
        {
            if (!await context.Connections.AnyAsync(Token))
            {
                context.Connections.Add(new Batchwork.Engine.Connections.Connection
                {
                    Id = TestDraft.Account.Id,
                    WorkspaceId = _engine.WorkspaceId,
                    Provider = "openai",
                    Label = "Studio",
                    IsDemo = false,
                    CreatedAt = _engine.Time.GetUtcNow(),
                });
                await context.SaveChangesAsync(Token);
            }
        }

        var upload = await _engine.Get<SheetService>().UploadAsync(_engine.Owner, "sheet.csv", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), Token);
        return (await _engine.Get<DraftService>().CreateAsync(_engine.Owner, upload.SheetId!.Value, Token))!.Value;
    }

    private static IReadOnlyList<RequestProblem> OnlyKnownSizes(EffectiveRequest request, string model) =>
        request.Size.Value is { } size && !TestDraft.Painter.Sizes.Contains(size)
            ? [new RequestProblem(ProblemSeverity.Warning, "size-not-offered", request.CustomId, "size", $"{model} does not make {size}.", "992x992")]
            : [];
}
