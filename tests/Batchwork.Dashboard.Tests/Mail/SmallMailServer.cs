using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Batchwork.Dashboard.Tests.Mail;

/// <summary>A mail server on this machine that keeps what it gets. It speaks as much SMTP as a letter needs.</summary>
internal sealed class SmallMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public SmallMailServer()
    {
        _listener.Start();
        _loop = ListenAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The letters, headers and text, in the order in which they came.</summary>
    public ConcurrentQueue<(string To, string Text)> Letters { get; } = new();

    public int Connections { get; private set; }

    /// <summary>Addresses it does not take.</summary>
    public HashSet<string> Refused { get; } = new(StringComparer.OrdinalIgnoreCase);

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 small");
        var to = "";
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            var word = line.Split(' ', ':')[0].ToUpperInvariant();
            if (word == "QUIT")
            {
                await writer.WriteLineAsync("221 bye");
                return;
            }

            if (word == "RCPT")
            {
                to = line.Split('<', '>')[1];
            }

            if (word == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                Letters.Enqueue((to, await LetterAsync(reader)));
            }

            await writer.WriteLineAsync(word == "EHLO" ? "250 small" : word == "RCPT" && Refused.Contains(to) ? "550 nobody here" : "250 ok");
        }
    }

    private async Task<string> LetterAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            text.AppendLine(line);
        }

        return text.ToString();
    }
}
