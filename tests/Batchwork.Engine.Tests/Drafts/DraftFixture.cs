using System.Text;
using Batchwork.Adapters;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Scheduling;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Adapters;
using Batchwork.Testing.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Tests.Drafts;

/// <summary>An engine with a provider, an account "Main" and a demo, in which sheets become drafts.</summary>
public sealed class DraftFixture : IAsyncLifetime
{
    private int _people;

    public TestEngine Engine { get; private set; } = null!;

    public FakeBatchAdapter Provider { get; } = new() { Models = [TestModels.Painter, TestModels.Sketcher], Rules = TestModels.CheckSize };

    public FakeWorkSignal Signal { get; } = new();

    public DraftService Drafts => Engine.Get<DraftService>();

    public DraftRowService Rows => Engine.Get<DraftRowService>();

    public DraftQueries Queries => Engine.Get<DraftQueries>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Engine = await TestEngine.StartAsync(Token, services => services
            .AddKeyedSingleton<IBatchAdapter>("openai", Provider)
            .AddSingleton<IWorkSignal>(Signal));
        await AddConnectionAsync("Demo", isDemo: true);
        await AddConnectionAsync("Main", isDemo: false);
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    public async Task<Connection> AddConnectionAsync(string label, bool isDemo)
    {
        var connection = new Connection
        {
            Id = Guid.CreateVersion7(Engine.Time.GetUtcNow()),
            WorkspaceId = Engine.WorkspaceId,
            Provider = "openai",
            Label = label,
            IsDemo = isDemo,
            CreatedAt = Engine.Time.GetUtcNow(),
        };
        await using var context = Engine.CreateContext();
        context.Connections.Add(connection);
        await context.SaveChangesAsync(Token);
        return connection;
    }

    public async Task<Guid> UploadAsync(string text, string fileName = "sheet.csv")
    {
        var upload = await Engine.Get<SheetService>().UploadAsync(Engine.Owner, fileName, new MemoryStream(Encoding.UTF8.GetBytes(text)), Token);
        Assert.Empty(upload.Faults);

        // Someone new each time: a new draft begins with the settings of the same person's last one.
        var someone = new Actor($"person-{++_people}", "Ana", Engine.Owner.WorkspaceId, Role.Owner);
        return (await Drafts.CreateAsync(someone, upload.SheetId!.Value, Token))!.Value;
    }

    public async Task<DraftView> GetAsync(Guid draftId) => (await Queries.GetAsync(Engine.Owner, draftId, Token))!;

    public async Task<DraftCheck> CheckOfAsync(Guid draftId) => (await GetAsync(draftId)).Check!;

    public async Task<IReadOnlyList<DraftRow>> RowsOfAsync(Guid draftId, bool onlyProblems = false) =>
        (await Queries.RowsAsync(Engine.Owner, draftId, 0, 500, onlyProblems, Token)).Rows;

    public async Task<DraftOutcome> SetAsync(Guid draftId, Func<DraftSettings, DraftSettings> change)
    {
        var view = await GetAsync(draftId);
        return await Drafts.UpdateSettingsAsync(Engine.Owner, draftId, view.Revision, change(view.Settings), Token);
    }

    /// <summary>All rows have a size, so that only what a test is about is a problem.</summary>
    public Task<DraftOutcome> SetSizeAsync(Guid draftId) => SetAsync(draftId, s => s with { Size = "1024x1024" });
}
