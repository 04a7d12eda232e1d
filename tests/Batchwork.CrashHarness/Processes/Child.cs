using System.Diagnostics;
using System.Globalization;

namespace Batchwork.CrashHarness.Processes;

/// <summary>A running program of ours. Only it is ever signalled, by its own id.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;

    public Child(Process process, string log)
    {
        _process = process;
        _log = new StreamWriter(log, append: true) { AutoFlush = true };
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public int Id => _process.Id;

    /// <summary>What it has written so far.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (!HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
    }

    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Whether it ended in time.</returns>
    public async Task<bool> EndsWithinAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(span, TimeProvider.System, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Waits for a line of its output.</summary>
    /// <returns>The line, or <see langword="null"/> when it ended before.</returns>
    public async Task<string?> SaysAsync(string text, CancellationToken cancellationToken)
    {
        while (true)
        {
            var ended = HasExited;
            lock (Lines)
            {
                if (Lines.Find(l => l.Contains(text, StringComparison.Ordinal)) is { } line)
                {
                    return line;
                }
            }

            if (ended)
            {
                return null;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        lock (Lines)
        {
            _log.Dispose();
        }
    }

    private void Write(string? line)
    {
        if (line is not null)
        {
            lock (Lines)
            {
                Lines.Add(line);
                if (_log.BaseStream?.CanWrite == true)
                {
                    _log.WriteLine(line);
                }
            }
        }
    }
}
