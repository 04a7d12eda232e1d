using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Batchwork.Testing.Http;

/// <summary>
/// A server on a free loopback port that speaks just enough HTTP/1.1, one request a connection, and does with the connection what it is told: send a
/// part and hang up, send nothing, send byte by byte. A real web server tidies such things up.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    // The first byte of a client that wants a safe connection, which this server has not.
    private const byte TlsHandshake = 0x16;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<RecordedCall, LoopbackReply> _answer;
    private readonly List<RecordedCall> _calls = [];
    private readonly Task _accepting;

    /// <summary>Starts a server.</summary>
    /// <param name="answer">Answers each request.</param>
    public LoopbackServer(Func<RecordedCall, LoopbackReply> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"));
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, for example <c>http://127.0.0.1:40123</c>.</summary>
    public Uri Address { get; }

    /// <summary>What it was asked.</summary>
    public IReadOnlyList<RecordedCall> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Forgets what it was asked.</summary>
    public void Forget()
    {
        lock (_calls)
        {
            _calls.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
                connections.RemoveAll(c => c.IsCompleted);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await ReadAsync(stream, _stop.Token) is { } call)
                {
                    lock (_calls)
                    {
                        _calls.Add(call);
                    }

                    await _answer(call).WriteAsync(stream, _stop.Token);
                    client.Client.Shutdown(SocketShutdown.Send);
                }
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
            {
                // The client hung up first, or the test is over.
            }
        }
    }

    private async Task<RecordedCall?> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var received = new MemoryStream();
        var chunk = new byte[64 * 1024];
        while (true)
        {
            var read = await stream.ReadAsync(chunk, cancellationToken);
            if (read == 0)
            {
                return null;
            }

            received.Write(chunk, 0, read);
            if (received.GetBuffer()[0] == TlsHandshake)
            {
                return null;
            }

            var end = received.GetBuffer().AsSpan(0, (int)received.Length).IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                continue;
            }

            var lines = Encoding.ASCII.GetString(received.GetBuffer(), 0, end).Split("\r\n");
            var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(h => h[0], h => h[1], StringComparer.OrdinalIgnoreCase);
            var length = headers.TryGetValue("Content-Length", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
            var body = new byte[length];
            var begun = (int)received.Length - end - 4;
            received.GetBuffer().AsSpan(end + 4, begun).CopyTo(body);
            await stream.ReadExactlyAsync(body.AsMemory(begun), cancellationToken);
            var request = lines[0].Split(' ');
            return new RecordedCall(request[0], new Uri(Address.GetLeftPart(UriPartial.Authority) + request[1]), headers, body);
        }
    }
}
