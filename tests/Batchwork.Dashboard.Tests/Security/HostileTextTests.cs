using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Batchwork.Dashboard.Features.Home;
using Batchwork.Dashboard.Features.Operations;
using Batchwork.Dashboard.Hosting;
using Batchwork.Dashboard.Shared;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Dashboard.Tests.Jobs;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Operations;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Verification;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Hostility;
using Batchwork.Testing.Pictures;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Batchwork.Dashboard.Tests.Security;

/// <summary>The one list of hostile texts through the fields people and providers fill, to where they come out: pages, zips, manifests, headers, searches, logs.</summary>
public sealed class HostileTextTests : PageContext
{
    private static readonly char[] s_formula = ['=', '+', '-', '@', '\t', '\r', '\n', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20'];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Components_HostileTexts_AreTextAndNothingElse()
    {
        foreach (var text in HostileTexts.All)
        {
            AssertText(text, Render<Attention>(p => p.Add(a => a.Overview, Overview(text)).Add(a => a.Workspace, Workspace)));
            AssertText(text, Render<PageHeader>(p => p.Add(h => h.Title, text).Add(h => h.Crumb, text)));
            AssertText(text, Render<ProblemCard>(p => p.Add(c => c.What, text).Add(c => c.Means, text).Add(c => c.SupportId, text)));
            AssertText(text, Render<StateChip>(p => p.Add(c => c.Look, StateLook.Of(JobState.Running)).Add(c => c.Raw, text).Add(c => c.Word, text)));
            AssertText(text, Render<UnknownBatchTable>(p => p.Add(t => t.Batches, [new UnknownBatch(Guid.Empty, text, text, text, 1, null, text)])));
            AssertText(text, Render<ReachCard>(p => p.Add(c => c.Providers, [new ProviderReach(text, text, text, false, new ConnectionCondition { Reason = text, NextStep = text }, 1, null)])));
            AssertText(text, Render<IntegrityCard>(p => p.Add(c => c.Run, new IntegrityRun
            {
                StartedAt = Time.GetUtcNow(),
                StartedBy = text,
                Outcome = IntegrityOutcome.Broken,
                Faults = [new IntegrityFault("I5", text)],
                FaultCount = 1,
                Progress = new IntegrityProgress(text, 0, 0),
            })));
        }
    }

    [Fact]
    public async Task Archive_OfHostileNames_HasTameNamesAndCellsThatAreNoFormulas()
    {
        await using var server = new DashboardServer();
        var browser = await server.SignedInAsync(Token);
        var texts = HostileTexts.All;
        var job = await new JobBuilder(server.Services, await server.OwnerAsync(Token))
            .Named(texts.Single(t => t.StartsWith("name\"", StringComparison.Ordinal)))
            .In(JobState.DoneWithProblems)
            .CustomIds(row => row < texts.Count ? texts[row] : $"failed-{row}")
            .Prompts(row => texts[row % texts.Count])
            .Rows(texts.Count, RowState.Stored)
            .Rows(1, RowState.Failed, message: HostileTexts.WithControls[0], code: texts[7])
            .Pictures((row, _) => TestPictures.Png(seed: row))
            .SaveAsync(Token);

        using var answer = await browser.GetAsync($"/w/studio/jobs/{job}/archive.zip", Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var disposition = Assert.Single(answer.Content.Headers.GetValues("Content-Disposition"));
        Assert.Single(disposition.Split(';'), p => p.TrimStart().StartsWith("filename*", StringComparison.Ordinal));
        Assert.DoesNotContain("evil.exe\"", disposition, StringComparison.Ordinal);
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(Token));

        Assert.Equal(zip.Entries.Count, zip.Entries.Select(e => e.FullName.ToUpperInvariant()).Distinct().Count());
        Assert.All(zip.Entries, e => AssertTame(e.FullName));
        var cells = Cells(await TextAsync(zip, "manifest.csv"));
        Assert.DoesNotContain(cells.Where(c => !double.TryParse(c, CultureInfo.InvariantCulture, out _)), c => c.Length > 0 && s_formula.Contains(c[0]));
        using var manifest = JsonDocument.Parse(await TextAsync(zip, "manifest.json"));
        Assert.Contains(texts[0], manifest.RootElement.GetRawText().Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u003E", ">", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ForHostileTexts_FindsWhatIsNamedSoAndNothingElse()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var owner = await server.OwnerAsync(Token);
        await new JobBuilder(server.Services, owner).Named("Harmless").In(JobState.Done).Rows(1, RowState.Stored).SaveAsync(Token);
        foreach (var text in HostileTexts.All)
        {
            await new JobBuilder(server.Services, owner).Named(text).In(JobState.Done).Prompts(_ => text).Rows(1, RowState.Stored).SaveAsync(Token);
        }

        var queries = server.Services.GetRequiredService<JobQueries>();
        foreach (var text in HostileTexts.All.Append("%").Append("_").Append("\\"))
        {
            var found = await queries.ListAsync(owner, new JobFilter { Search = text, Count = 100 }, Token);

            Assert.All(found.Items, j => Assert.Contains(text, j.Name, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(HostileTexts.All.Count(t => t.Contains(text, StringComparison.OrdinalIgnoreCase)), found.Items.Count);
        }
    }

    [Fact]
    public void Log_HostileTexts_StayOneLineOfVisibleCharacters()
    {
        var formatter = new OneLineFormatter(new FakeTimeProvider());
        foreach (var text in HostileTexts.All.Concat(HostileTexts.WithControls))
        {
            using var output = new StringWriter();
            output.NewLine = "\n";
            formatter.Write(new LogEntry<string>(LogLevel.Warning, "Category", new EventId(7), text, new InvalidOperationException(text), (state, _) => state), null, output);

            var line = output.ToString();
            Assert.EndsWith("\n", line, StringComparison.Ordinal);
            Assert.DoesNotContain(line[..^1], c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202E');
            Assert.Contains("warn: Category[7] ", line, StringComparison.Ordinal);
        }

        Assert.Equal("a b\\u001bc\\u000dd", OneLineFormatter.OneLine("a\r\nb\u001bc\rd"));
    }

    private static void AssertText<T>(string text, IRenderedComponent<T> component)
        where T : Microsoft.AspNetCore.Components.IComponent
    {
        Assert.Empty(component.FindAll("script, img, iframe, object, base"));
        foreach (var element in component.FindAll("*"))
        {
            Assert.DoesNotContain(element.Attributes, a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(element.Attributes, a => a.Name is "href" or "src" && a.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
        }

        Assert.Contains(component.FindAll("*"), e => e.TextContent.Contains(text, StringComparison.Ordinal));
    }

    private static void AssertTame(string name)
    {
        Assert.DoesNotContain("..", name.Split('/'));
        Assert.False(name.StartsWith('/'), name);
        Assert.DoesNotContain(name, c => char.IsControl(c) || c is '\\' or ':' or '"' or '<' or '>' or '|' or '?' or '*' or '\u202E');
        Assert.DoesNotMatch("(?i)(^|/)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\.|$)", name);
    }

    private static async Task<string> TextAsync(ZipArchive zip, string name)
    {
        var entry = zip.Entries.Single(e => e.Name == name);
        using var reader = new StreamReader(await entry.OpenAsync(Token));
        return await reader.ReadToEndAsync(Token);
    }

    /// <summary>The cells of a CSV file, unquoted.</summary>
    private static IEnumerable<string> Cells(string csv)
    {
        var cell = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            var c = csv[i];
            if (quoted && c == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && (c is ',' or '\n'))
            {
                yield return cell.ToString().TrimEnd('\r');
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }
    }

    private WorkspaceOverview Overview(string text) => new()
    {
        Running = new Window<JobSummary>([], 0, 0),
        Paused = [new PausedConnection(Guid.Empty, text, text, 1)],
        NeedYou = [],
        Stuck = [new StuckJob(Guid.Empty, text, text)],
        Expiring = [new ExpiringResults(Guid.Empty, text, text, Time.GetUtcNow())],
        IsInSafeMode = true,
        Pictures = [],
        Drafts = [],
        IsNew = false,
    };
}
