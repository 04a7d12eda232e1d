using System.Globalization;
using System.Text.Json;
using Batchwork.CrashHarness.Injected;
using Batchwork.CrashHarness.Processes;

namespace Batchwork.CrashHarness.Judging;

/// <summary>A data folder, the app that works in it, the people who use it, and the provider it calls.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_cleanStop = TimeSpan.FromSeconds(30);
    private readonly string _folder;
    private readonly EmulatorProcess _emulator;
    private readonly IReadOnlyList<string> _providers;
    private int _orders;

    private World(string folder, EmulatorProcess emulator, IReadOnlyList<string> providers)
    {
        _folder = folder;
        _emulator = emulator;
        _providers = providers;
        Data = new AppData(Path.Combine(folder, "data"));
    }

    public string Folder => _folder;

    public AppData Data { get; }

    public EmulatorProcess Emulator => _emulator;

    /// <summary>The app while it runs.</summary>
    public Child? App { get; private set; }

    /// <summary>All jobs that were ordered.</summary>
    public List<Order> Jobs { get; } = [];

    /// <summary>Where the app died last.</summary>
    public string LastKill { get; private set; } = "-";

    /// <summary>Whether the app may know nothing of a batch at the provider: its job was deleted for good, or lost with the database.</summary>
    public bool HasPurged { get; set; }

    /// <summary>Requests of a part.</summary>
    public int? MostRequests { get; set; }

    public static async Task<World> CreateAsync(IReadOnlyList<string> providers, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("batchwork-crash-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "orders"));
        var emulator = new EmulatorProcess(Path.Combine(folder, "emulator"), Path.Combine(folder, "emulator.log"));
        await emulator.StartAsync(cancellationToken);
        return new World(folder, emulator, providers);
    }

    /// <summary>Hands an order to the people in front of the app.</summary>
    public void Give(Order order)
    {
        var name = Path.Combine(_folder, "orders", (++_orders).ToString("000000", CultureInfo.InvariantCulture));
        File.WriteAllText(name + ".part", JsonSerializer.Serialize(order, Driver.Json));
        File.Move(name + ".part", name + ".json");
        if (order.Kind == OrderKind.Run)
        {
            Jobs.Add(order);
        }
    }

    public bool AllOrdersDone => Directory.GetFiles(Path.Combine(_folder, "orders"), "*.done").Length == _orders;

    /// <summary>Starts the real program.</summary>
    /// <param name="crash">The event at which it dies.</param>
    /// <param name="occurrence">The how manieth such event.</param>
    /// <param name="freeze">Whether it is stopped instead.</param>
    /// <param name="under">A program that starts it.</param>
    public void Start(string? crash = null, int occurrence = 1, bool freeze = false, IReadOnlyList<string>? under = null)
    {
        var plan = new CrashPlan(_folder, _emulator.Address, crash, occurrence, freeze, MostRequests, _providers);
        File.Delete(plan.KilledFile);
        App = BuiltProgram.Start("Batchwork.Dashboard", ["--urls", "http://127.0.0.1:0"], [.. Environment(), .. plan.ToEnvironment()], Path.Combine(_folder, "app.log"), under);
    }

    /// <summary>Tells the app that runs where to die.</summary>
    public void Arm(string? crash, int occurrence)
    {
        File.Delete(Path.Combine(_folder, "killed"));
        Give(new Order { Kind = OrderKind.Arm, Job = string.Empty, Event = crash, Occurrence = occurrence });
    }

    /// <summary>Copies the whole data folder. Only while the app does not run.</summary>
    public void BackUp() => Copy(Data.Folder, Data.Folder + ".backup");

    /// <summary>Puts the copy in the place of the data folder, as somebody does who has lost it.</summary>
    public void Restore()
    {
        Directory.Delete(Data.Folder, recursive: true);
        Directory.Move(Data.Folder + ".backup", Data.Folder);
    }

    /// <summary>Waits until something is so.</summary>
    /// <exception cref="BrokenPromiseException">It never is.</exception>
    public static async Task UntilAsync(Func<Task<bool>> isSo, string otherwise, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (TimeProvider.System.GetElapsedTime(began) > s_patience)
            {
                throw new BrokenPromiseException(otherwise);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>How many paid calls the provider has accepted.</summary>
    public async Task<int> CountCreatesAsync(CancellationToken cancellationToken) =>
        (await _emulator.LedgerAsync(cancellationToken)).GetProperty("totals").GetProperty("creates").GetInt32();

    /// <summary>Waits for the end of the process that was told to die.</summary>
    /// <returns>Whether it died in time; otherwise it is killed from outside.</returns>
    public async Task<bool> DiesAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var died = await App!.EndsWithinAsync(within, cancellationToken);
        await App.DisposeAsync();
        App = null;
        var file = Path.Combine(_folder, "killed");
        LastKill = File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : "from outside";
        return died;
    }

    /// <summary>Waits until every order is carried out and every job has ended or waits for a person.</summary>
    /// <exception cref="BrokenPromiseException">Something never comes to an end.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        // Before it is ready nobody could have stopped it cleanly either.
        await BecomesReadyAsync(cancellationToken);
        var (began, progress) = (TimeProvider.System.GetTimestamp(), 0L);
        while (!AllOrdersDone || !await Data.HasSettledAsync(cancellationToken))
        {
            if (App!.HasExited)
            {
                throw new BrokenPromiseException($"The app ended by itself with {App.ExitCode.ToString(CultureInfo.InvariantCulture)}: {string.Join(" | ", App.Lines.TakeLast(3))}");
            }

            if (await Data.MeasureProgressAsync(cancellationToken) is var now && now != progress)
            {
                (began, progress) = (TimeProvider.System.GetTimestamp(), now);
            }
            else if (TimeProvider.System.GetElapsedTime(began) > s_patience)
            {
                throw new BrokenPromiseException($"I7: nothing comes to an end. {await Data.ExplainAsync(cancellationToken)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    private async Task BecomesReadyAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(s_patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            _ = await App!.SaysAsync("Batchwork is ready", either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new BrokenPromiseException("I7: the app is started and never ready: " + string.Join(" | ", App!.Lines.TakeLast(3)));
        }
    }

    /// <summary>What people do when nothing goes on without them: look again, test the connection, and where nobody can tell, submit again.</summary>
    public async Task DecideAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in (OrderKind[])[OrderKind.CheckAgain, OrderKind.SubmitAgain])
        {
            var waiting = await Data.WaitingForAPersonAsync(cancellationToken);
            foreach (var job in waiting)
            {
                Give(new Order { Kind = kind, Job = job });
            }

            if (waiting.Count > 0)
            {
                await SettleAsync(cancellationToken);
            }
        }
    }

    /// <summary>Stops the app as a service manager does.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await App!.SignalAsync("-TERM", cancellationToken);
        var inTime = await App.EndsWithinAsync(s_cleanStop, cancellationToken);
        var code = inTime ? App.ExitCode : -1;
        await App.DisposeAsync();
        App = null;
        if (code != 0)
        {
            throw new BrokenPromiseException(inTime ? $"The app stopped with {code.ToString(CultureInfo.InvariantCulture)}." : "The app did not stop within 30 seconds.");
        }
    }

    /// <summary>Runs a verb of the program, without anything injected.</summary>
    public async Task<(int Code, string Output)> RunVerbAsync(string verb, CancellationToken cancellationToken)
    {
        await using var child = BuiltProgram.Start("Batchwork.Dashboard", [verb], Environment().Where(v => !v.Key.Contains("HOST", StringComparison.Ordinal) && !v.Key.Contains("HOOK", StringComparison.Ordinal)), Path.Combine(_folder, "verb.log"));
        await child.EndsWithinAsync(s_patience, cancellationToken);
        await child.KillAsync();
        return (child.ExitCode, string.Join('\n', child.Lines));
    }

    public void Remove() => Directory.Delete(_folder, recursive: true);

    public async ValueTask DisposeAsync()
    {
        if (App is not null)
        {
            await App.DisposeAsync();
        }

        await _emulator.DisposeAsync();
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (var folder in Directory.GetDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    private Dictionary<string, string> Environment() => new()
    {
        ["Batchwork__DataFolder"] = Data.Folder,
        ["Batchwork__AllowPrivateAddresses"] = "true",
        ["Batchwork__Setup__Email"] = "harness@example.org",
        ["Batchwork__Setup__Password"] = "violet lamp orbit seven",
        ["Logging__LogLevel__Batchwork"] = "Debug",
        ["DOTNET_STARTUP_HOOKS"] = typeof(World).Assembly.Location,
        ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(World).Assembly.GetName().Name!,
        ["DOTNET_TieredPGO"] = "0",
    };
}
