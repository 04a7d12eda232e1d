using Batchwork.Dashboard.Features.Home;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;
using Bunit;

namespace Batchwork.Dashboard.Tests.Home;

public sealed class AttentionTests : PageContext
{
    [Fact]
    public void Nothing_SaysSo() => Assert.Contains("Nothing needs you.", Attention(Overview()).Markup, StringComparison.Ordinal);

    [Fact]
    public void StuckJob_IsListedWithItsWaitAndLeadsToIt()
    {
        var id = Guid.Parse("0197a000-0000-7000-8000-000000000001");

        var list = Attention(Overview() with { Stuck = [new StuckJob(id, "Winter hats", "Pending 31 h — longer than 97 % of your Gemini jobs")] });

        Assert.Equal($"/w/studio/jobs/{id}", list.Find("a").GetAttribute("href"));
        Assert.Contains("Pending 31 h — longer than 97 % of your Gemini jobs", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void ExpiringResults_SayWhoDeletesThemWhen()
    {
        var list = Attention(Overview() with { Expiring = [new ExpiringResults(Guid.Empty, "Winter hats", "Google", Time.GetUtcNow().AddHours(5))] });

        Assert.Contains("Google deletes results on Sunday, November 22, 2026 7:02", list.Find(".need-why").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "Say what this installation is.")]
    [InlineData(false, "An administrator has to confirm.")]
    public void SafeMode_SaysWhoCanEndIt(bool isAdministrator, string words)
    {
        var list = Render<Attention>(p => p
            .Add(a => a.Overview, Overview() with { IsInSafeMode = true })
            .Add(a => a.Workspace, Workspace with { IsAdministrator = isAdministrator }));

        Assert.Contains(words, list.Markup, StringComparison.Ordinal);
        Assert.Equal("/w/studio/safe-mode", list.Find("a").GetAttribute("href"));
    }

    private static WorkspaceOverview Overview() => new()
    {
        Running = new Window<JobSummary>([], 0, 0),
        Paused = [],
        NeedYou = [],
        Stuck = [],
        Expiring = [],
        IsInSafeMode = false,
        Pictures = [],
        Drafts = [],
        IsNew = false,
    };

    private IRenderedComponent<Attention> Attention(WorkspaceOverview overview) =>
        Render<Attention>(p => p.Add(a => a.Overview, overview).Add(a => a.Workspace, Workspace));
}
