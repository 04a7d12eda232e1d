using System.Text;

namespace Batchwork.EndToEnd.Tests.Processes;

/// <summary>What a process printed. Keeps the last lines in memory, all of them in a file, and lets tests wait for a line.</summary>
internal sealed class OutputLog : IDisposable
{
    private const int Kept = 2_000;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private readonly List<(Predicate<string> Match, TaskCompletionSource<string> Found)> _waiting = [];
    private readonly StreamWriter _file;
    private bool _ended;

    public OutputLog(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        _file = new StreamWriter(file, append: true, Encoding.UTF8) { AutoFlush = true };
    }

    public void Add(string line)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _file.WriteLine(line);
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
            {
                _lines.Dequeue();
            }

            foreach (var waiting in _waiting.FindAll(waiting => waiting.Match(line)))
            {
                _waiting.Remove(waiting);
                waiting.Found.TrySetResult(line);
            }
        }
    }

    /// <summary>The process is gone: whoever still waits learns what it said last.</summary>
    public void End(string reason)
    {
        lock (_gate)
        {
            _ended = true;
            foreach (var (_, found) in _waiting)
            {
                found.TrySetException(new InvalidOperationException($"{reason} It last said:\n{Tail()}"));
            }

            _waiting.Clear();
        }
    }

    /// <summary>Gives the first line that matches, printed already or still to come.</summary>
    public async Task<string> WaitForAsync(Predicate<string> match, CancellationToken cancellationToken)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.FirstOrDefault(line => match(line)) is { } line)
            {
                return line;
            }

            if (_ended)
            {
                throw new InvalidOperationException($"The process has ended without that line. It last said:\n{Tail()}");
            }

            _waiting.Add((match, found));
        }

        try
        {
            return await found.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The line did not come in time. Last said:\n{Tail()}");
        }
    }

    public string Tail(int lines = 40)
    {
        lock (_gate)
        {
            return string.Join('\n', _lines.TakeLast(lines));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _file.Dispose();
        }
    }
}
