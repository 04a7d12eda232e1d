using Batchwork.Dashboard.Features.Operations;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Layout;
using Batchwork.Dashboard.Shared;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Operations;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Verification;
using Batchwork.Engine.Workspaces;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Batchwork.Dashboard.Tests.Operations;

/// <summary>The banner and the page over the real services, so that what is confirmed on one is gone from the other.</summary>
public sealed class SafeModeTests : PageContext, IAsyncLifetime
{
    private const string Reason = "OpenAI has 1 batch of this installation that is not known here.";

    private readonly DashboardServer _server = new();
    private string _userId = string.Empty;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.SetUpAsync(Token);
        _userId = (await _server.OwnerAsync(Token)).UserId;
        Services.AddSingleton(Real<SafeModeService>());
        Services.AddSingleton(Real<ILiveUpdates>());
        Services.AddSingleton(new OperationsCommands(Real<Administrators>(), Real<SystemQueries>(), Real<SafeModeService>(), Real<IntegrityService>()));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _server.DisposeAsync();
    }

    [Fact]
    public void Banner_WhenItIsOff_IsNotThere()
    {
        Assert.Empty(Banner(isAdministrator: true).Markup.Trim());
    }

    [Theory]
    [InlineData(true, "Confirm what this is", false)]
    [InlineData(false, "Read more", true)]
    public async Task Banner_WhenItIsOn_SaysWhatItMeansAndWhoCanEndIt(bool isAdministrator, string link, bool mustAsk)
    {
        await EnterAsync();

        var banner = Banner(isAdministrator);

        await banner.WaitForAssertionAsync(() => Assert.Contains("nothing that costs money is sent", banner.Markup, StringComparison.Ordinal));
        Assert.Contains(Reason, banner.Markup, StringComparison.Ordinal);
        Assert.Equal(link, banner.Find("a").TextContent);
        Assert.Equal("/w/studio/safe-mode", banner.Find("a").GetAttribute("href"));
        Assert.Equal(mustAsk, banner.Markup.Contains("An administrator has to confirm.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Confirm_EndsItAndTheBannerOfAnotherOpenPageGoes()
    {
        await EnterAsync();
        var banner = Banner(isAdministrator: false);
        await banner.WaitForAssertionAsync(() => Assert.Contains(Reason, banner.Markup, StringComparison.Ordinal));
        var (page, dialogs) = Page(_userId);
        await page.WaitForAssertionAsync(() => Assert.Contains("batch-lost", page.Markup, StringComparison.Ordinal));
        Assert.Contains("1 batch that is not known here", page.Markup, StringComparison.Ordinal);

        var click = PressAsync(page, "It is the restored backup");
        await dialogs.WaitForAssertionAsync(() => Assert.Contains("Nothing waits to be sent", dialogs.Markup, StringComparison.Ordinal));
        await PressAsync(dialogs, "End safe mode");
        await click;

        await page.WaitForAssertionAsync(() => Assert.Contains("Safe mode is off", page.Markup, StringComparison.Ordinal));
        await banner.WaitForAssertionAsync(() => Assert.Empty(banner.Markup.Trim()));
        Assert.Null(await Real<SafeModeService>().ReadAsync(Token));
    }

    [Fact]
    public async Task Confirm_AnsweredWithNo_LeavesItOn()
    {
        await EnterAsync();
        var (page, dialogs) = Page(_userId);

        await page.WaitForAssertionAsync(() => Assert.Contains("It is a copy", page.Markup, StringComparison.Ordinal));
        var click = PressAsync(page, "It is a copy");
        await dialogs.WaitForAssertionAsync(() => Assert.Contains("gets a name of its own", dialogs.Markup, StringComparison.Ordinal));
        await PressAsync(dialogs, "Stay in safe mode");
        await click;

        Assert.NotNull(await Real<SafeModeService>().ReadAsync(Token));
    }

    [Fact]
    public async Task Page_ForOthers_ExplainsAndShowsNeitherBatchesNorButtons()
    {
        await EnterAsync();

        var (page, _) = Page("somebody-else");

        await page.WaitForAssertionAsync(() => Assert.Contains(Reason, page.Markup, StringComparison.Ordinal));
        Assert.Contains("An administrator has to confirm", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("batch-lost", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button"));
    }

    [Fact]
    public void Question_WithWorkThatWaits_SaysThatItIsSentAndMayBePaidForAgain()
    {
        var view = new SafeModeView(Time.GetUtcNow(), Reason, [Lost(), Lost()]);

        var question = SafeModeChoice.All[0].Question(view, new UnsentWork(2, 4_871));

        Assert.Contains(question.Texts, t => t.StartsWith("4,871 requests of 2 jobs wait and are sent at once.", StringComparison.Ordinal) && t.Contains("paid for again", StringComparison.Ordinal));
        Assert.Contains("The 2 batches that were found count as known from then on.", question.Texts);
    }

    /// <summary>Found and pressed in one go: a page that is drawn again in between has other buttons.</summary>
    private static Task PressAsync<T>(IRenderedComponent<T> on, string words)
        where T : IComponent => on.InvokeAsync(() => on.FindAll("button").Single(b => b.TextContent == words).ClickAsync());

    private T Real<T>()
        where T : notnull => _server.Services.GetRequiredService<T>();

    private UnknownBatch Lost() => new(Guid.Empty, "OpenAI", "batch-lost", "bw1-aaaaaaaa-01jd8zzzzzzzzzzzzzzzzzzzzz", 40, Time.GetUtcNow(), "completed");

    private IRenderedComponent<SafeModeBanner> Banner(bool isAdministrator) =>
        Render<SafeModeBanner>(p => p.Add(b => b.Workspace, Here(_userId) with { IsAdministrator = isAdministrator }));

    private (IRenderedComponent<SafeModePage> Page, IRenderedComponent<MudDialogProvider> Dialogs) Page(string userId)
    {
        var dialogs = Render<MudDialogProvider>();
        RenderTree.Add<CascadingValue<WorkspaceContext>>(p => p.Add(c => c.Value, Here(userId)));
        return (Render<SafeModePage>(), dialogs);
    }

    private WorkspaceContext Here(string userId)
    {
        using var context = Real<IDbContextFactory<EngineDbContext>>().CreateDbContext();
        var id = context.Workspaces.Single().Id;
        return Workspace with { Id = id, Actor = new Actor(userId, Workspace.Actor.Name, id, Role.Owner) };
    }

    private async Task EnterAsync()
    {
        await using var context = await Real<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(Token);
        var installation = await context.Installations.SingleAsync(Token);
        (installation.SafeModeSince, installation.SafeModeReason, installation.UnknownBatches) = (Time.GetUtcNow(), Reason, [Lost()]);
        await context.SaveChangesAsync(Token);
    }
}
