using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Scheduling;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Submission;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Batchwork.CrashHarness.Injected;

/// <summary>
/// The people in front of the app, who use the engine's services as the pages do: they carry out the orders in the world's folder one after the other,
/// and after a restart look what became of the last one. Besides, it turns the clock to the next due time whenever nobody works.
/// </summary>
internal sealed class Driver(CrashPlan plan, CrashTrigger trigger, LeapingTime time, IServiceProvider services) : BackgroundService
{
    public const string Key = "sk-crash-canary-0123456789";
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestLeap = TimeSpan.FromMinutes(10);
    private readonly HttpClient _emulator = new() { BaseAddress = plan.Emulator };

    /// <summary>Where a provider's API begins at the emulator.</summary>
    public static string BaseUrlOf(Uri emulator, string provider) => new Uri(emulator, provider switch
    {
        "google" => "/google/v1beta",
        _ => $"/{provider}/v1",
    }).ToString().TrimEnd('/');

    public override void Dispose()
    {
        _emulator.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await NextOrderAsync(stoppingToken);
                await LeapAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                await Console.Error.WriteLineAsync($"Driver: {e}");
            }

            await Task.Delay(s_look, TimeProvider.System, stoppingToken);
        }
    }

    private async Task NextOrderAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Directory.GetFiles(plan.Orders, "*.json").Order(StringComparer.Ordinal))
        {
            var done = Path.ChangeExtension(file, ".done");
            if (!File.Exists(done))
            {
                var order = JsonSerializer.Deserialize<Order>(await File.ReadAllTextAsync(file, cancellationToken), Json)!;
                if (order.Kind == OrderKind.Arm)
                {
                    // Noted first: it may be the last this process does, and the next one is not to die of it again.
                    await File.WriteAllTextAsync(done, string.Empty, cancellationToken);
                    trigger.Arm(order.Event, order.Occurrence);
                    continue;
                }

                if (!await CarryOutAsync(order, cancellationToken))
                {
                    return;
                }

                await File.WriteAllTextAsync(done, string.Empty, cancellationToken);
            }
        }
    }

    /// <returns>Whether it is done; otherwise it is tried again.</returns>
    private async Task<bool> CarryOutAsync(Order order, CancellationToken cancellationToken)
    {
        await using var context = await CreateContextAsync(cancellationToken);
        var member = await context.Members.AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        if (member is null)
        {
            return false;
        }

        var actor = new Actor(member.UserId, "Harness", member.WorkspaceId, Role.Owner);
        var job = await context.Jobs.AsNoTracking().FirstOrDefaultAsync(j => j.Name == order.Job, cancellationToken);
        switch (order.Kind)
        {
            case OrderKind.Run:
                return job is not null || await RunAsync(context, actor, order, cancellationToken);
            case OrderKind.Cancel:
                return job is not null && (job.CancelRequestedAt is not null || job.State.HasEnded() || await Get<JobService>().CancelAsync(actor, job.Id, cancellationToken));
            case OrderKind.Retry:
                return job is { Tries: > 1 } || (job?.State.HasEnded() == true && await Get<JobService>().RetryFailedAsync(actor, job.Id, cancellationToken) > 0);
            case OrderKind.Delete:
                return job is null or { DeletedAt: not null } || (job.State.HasEnded() && await Get<JobService>().DeleteAsync(actor, job.Id, cancellationToken));
            case OrderKind.RemoveConnection:
                return job is not null && (await Get<ConnectionUse>().DeleteAsync(actor, job.ConnectionId, cancellationToken) is not null || true);
            case OrderKind.ConfirmSafeMode:
                await Get<SafeModeService>().ConfirmAsync(new Administrator(actor.UserId, "Harness"), order.IsCopy ? SafeModeAnswer.Copy : SafeModeAnswer.Restored, cancellationToken);
                return true;
            case OrderKind.SubmitAgain or OrderKind.CheckAgain:
                return job is not null && await DecideAsync(context, actor, job, order.Kind, cancellationToken);
            default:
                time.Leap(order.Span);
                return true;
        }
    }

    private async Task<bool> RunAsync(EngineDbContext context, Actor actor, Order order, CancellationToken cancellationToken)
    {
        var draft = await context.Drafts.AsNoTracking().FirstOrDefaultAsync(d => d.Name == order.Job && d.DeletedAt == null, cancellationToken);
        var draftId = draft?.Id;
        if (draftId is null)
        {
            var lines = order.Prompts.Select((prompt, i) => JsonSerializer.Serialize(new { custom_id = $"row-{i}", prompt, n = order.Images }));
            using var sheet = new HalfwayStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)), trigger);
            var upload = await Get<SheetService>().UploadAsync(actor, order.Job + ".jsonl", sheet, cancellationToken);
            draftId = await Get<DraftService>().CreateAsync(actor, upload.SheetId ?? throw new InvalidOperationException(upload.Faults[0].Message), cancellationToken);
        }

        var connection = await ConnectionAsync(context, actor, order.Provider, cancellationToken);
        var revision = await context.Drafts.Where(d => d.Id == draftId).Select(d => d.Revision).SingleAsync(cancellationToken);
        await Get<DraftService>().UpdateSettingsAsync(actor, draftId!.Value, revision, new DraftSettings { Name = order.Job, ConnectionId = connection }, cancellationToken);
        var starter = Get<JobStarter>();
        var starts = Enumerable.Range(0, order.Twice ? 2 : 1).Select(_ => starter.RunAsync(actor, draftId.Value, cancellationToken));
        var jobs = await Task.WhenAll(starts);
        return jobs.Distinct().Count() == 1 ? true : throw new InvalidOperationException("Two starts of a draft gave two jobs.");
    }

    private async Task<Guid> ConnectionAsync(EngineDbContext context, Actor actor, string provider, CancellationToken cancellationToken)
    {
        var known = await context.Connections.Where(c => c.Provider == provider && !c.IsDemo && c.DeletedAt == null).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(cancellationToken);
        if (known is { } id)
        {
            return id;
        }

        var edit = new ConnectionEdit { Provider = provider, Label = provider, ApiKey = Key, BaseUrl = BaseUrlOf(plan.Emulator, provider) };
        var saved = await Get<ConnectionService>().AddAsync(actor, edit, cancellationToken);
        return saved.Id ?? throw new InvalidOperationException(saved.Faults[0].ToString());
    }

    private async Task<bool> DecideAsync(EngineDbContext context, Actor actor, Job job, OrderKind kind, CancellationToken cancellationToken)
    {
        var held = await context.JobParts.Where(p => p.JobId == job.Id && p.State == PartState.Held).Select(p => p.Id).ToListAsync(cancellationToken);
        foreach (var part in held)
        {
            _ = kind == OrderKind.SubmitAgain
                ? await Get<SubmissionService>().SubmitAgainAsync(actor, part, cancellationToken)
                : await Get<SubmissionService>().CheckAgainAsync(actor, part, cancellationToken);
        }

        if (kind == OrderKind.CheckAgain)
        {
            var edit = new ConnectionEdit { Provider = job.Provider, Label = job.Provider, BaseUrl = BaseUrlOf(plan.Emulator, job.Provider) };
            await Get<ConnectionService>().TestAsync(actor, job.ConnectionId, edit, cancellationToken);
        }

        return true;
    }

    /// <summary>When nobody works and nothing is due, time passes until something is, at the provider as well.</summary>
    private async Task LeapAsync(CancellationToken cancellationToken)
    {
        await using var context = await CreateContextAsync(cancellationToken);
        var open = await (
            from part in context.JobParts
            join connection in context.Connections on part.ConnectionId equals connection.Id
            where part.State != PartState.Closed && part.State != PartState.Held && connection.PausedReason == null
            select new { part.NextCheckAt, part.LeaseOwner, connection.RestUntil }).ToListAsync(cancellationToken);
        if (open.Count == 0 || open.Exists(p => p.LeaseOwner is not null))
        {
            return;
        }

        // A connection that rests after failures keeps its parts waiting, however long they have been due.
        var next = open.Min(p => p.RestUntil > p.NextCheckAt ? p.RestUntil : p.NextCheckAt);
        if (next is null)
        {
            return;
        }

        var wait = next.Value - time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            wait = wait < s_longestLeap ? wait : s_longestLeap;
            time.Leap(wait);
            await _emulator.PostAsJsonAsync("/_emulator/clock", new { advance = wait.ToString("c") }, cancellationToken);
            Get<IWorkSignal>().Wake();
        }
    }

    private Task<EngineDbContext> CreateContextAsync(CancellationToken cancellationToken) =>
        Get<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(cancellationToken);

    private T Get<T>()
        where T : notnull => services.GetRequiredService<T>();
}
