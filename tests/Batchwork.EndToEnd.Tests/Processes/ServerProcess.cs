using System.Globalization;

namespace Batchwork.EndToEnd.Tests.Processes;

/// <summary>One of our servers as a real process on a loopback port: started, killed and started again on the same folder and address.</summary>
public abstract class ServerProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    // Far more than a start takes; it only keeps a hanging one from hanging the whole run.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    // What a developer's own shell may carry: a test must not reach a real provider or find another's settings.
    private static readonly string[] s_foreignSettings = ["Batchwork__", "ASPNETCORE_", "Kestrel__", "Logging__"];
    private static readonly string[] s_keys = ["OPENAI_API_KEY", "GEMINI_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY", "XAI_API_KEY"];

    private readonly string _project;
    private readonly Dictionary<string, string?> _environment = CleanEnvironment();
    private readonly bool _ownsFolder;
    private ChildProcess? _process;
    private Uri? _address;
    private int _starts;

    /// <param name="project">The project below <c>src</c>.</param>
    /// <param name="folder">The folder it keeps its state in; a new temporary one if <see langword="null"/>, deleted in the end.</param>
    private protected ServerProcess(string project, string? folder)
    {
        _project = project;
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("batchwork-e2e-").FullName;
        // The line with the address is written by the host's own logger.
        _environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
    }

    /// <summary>The folder the server keeps everything in.</summary>
    public string Folder { get; }

    /// <summary>Where it listens. The same after a restart, so that an open page finds it again.</summary>
    public Uri Address => _address ?? throw new InvalidOperationException($"{_project} has not been started.");

    public int ProcessId => Current.Id;

    public bool IsRunning => _process is { HasExited: false };

    private ChildProcess Current => _process ?? throw new InvalidOperationException($"{_project} has not been started.");

    /// <summary>Sets an environment variable for the next start; <see langword="null"/> takes one away.</summary>
    public void Set(string name, string? value) => _environment[name] = value;

    /// <summary>Starts it and waits until it listens.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsRunning)
        {
            throw new InvalidOperationException($"{_project} runs already.");
        }

        _process?.Dispose();
        var log = string.Create(CultureInfo.InvariantCulture, $"{TestContext.Current.Test?.TestDisplayName ?? "fixture"}-{_project}-{++_starts}.log");
        _process = ChildProcess.Start(
            RepositoryFolders.BuiltApp(_project),
            ["--urls", _address?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:0", .. Arguments()],
            _environment,
            Path.Combine(RepositoryFolders.Artifacts, "logs", string.Concat(log.Split(Path.GetInvalidFileNameChars()))));
        var line = await WaitForLineAsync(Listening, cancellationToken);
        _address = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim());
    }

    /// <summary>Gives the first line of this start that contains the text, printed already or still to come.</summary>
    public async Task<string> WaitForLineAsync(string part, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        return await Current.Output.WaitForAsync(line => line.Contains(part, StringComparison.Ordinal), patience.Token);
    }

    /// <summary>What it printed last, for the message of a failing test.</summary>
    public string LastOutput() => Current.Output.Tail();

    /// <summary>Kills it as a power cut would.</summary>
    public void KillHard() => Current.KillHard();

    /// <summary>Asks it to end and gives its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        return await Current.StopAsync(patience.Token);
    }

    public ValueTask DisposeAsync()
    {
        _process?.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }

        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Arguments beside the address.</summary>
    private protected abstract IEnumerable<string> Arguments();

    private static Dictionary<string, string?> CleanEnvironment() => Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Where(name => s_keys.Contains(name) || s_foreignSettings.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
        .ToDictionary(name => name, _ => (string?)null);
}
