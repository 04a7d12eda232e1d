using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>A connection to the hub of live pages, without the framework's script: says whatever the test wants said.</summary>
internal sealed class WireConnection : IAsyncDisposable
{
    private const int Invocation = 1;
    private const int Completion = 3;
    private const int Close = 7;

    private readonly ClientWebSocket _socket = new();
    private readonly List<byte> _unread = [];
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _calls;

    /// <summary>Opens the connection and agrees on the protocol.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cookies">Whose.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<WireConnection> OpenAsync(Uri server, CookieContainer cookies, CancellationToken cancellationToken)
    {
        var connection = new WireConnection();
        connection._socket.Options.Cookies = cookies;
        connection._socket.Options.Proxy = null;
        connection._socket.Options.SetRequestHeader("Origin", server.GetLeftPart(UriPartial.Authority));
        await connection._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/_blazor" }.Uri, cancellationToken);
        await connection.SendRawAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), cancellationToken);
        while (!connection._unread.Contains(0x1e))
        {
            Assert.True(await connection.ReceiveAsync(cancellationToken), "The server closed the connection before it had begun.");
        }

        connection._unread.RemoveRange(0, connection._unread.IndexOf(0x1e) + 1);
        return connection;
    }

    /// <summary>A call of the hub that nobody waits for.</summary>
    public static byte[] Call(string method, params object?[] arguments) => Frame(null, method, arguments);

    /// <summary>Sends frames as one piece: nothing of the server's runs between them.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task SendAsync(IEnumerable<byte[]> frames, CancellationToken cancellationToken) => SendRawAsync([.. frames.SelectMany(f => f)], cancellationToken);

    /// <summary>Sends bytes as they are.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public Task SendRawAsync(byte[] bytes, CancellationToken cancellationToken) =>
        _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);

    /// <summary>Calls the hub.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The number by which the answer is known.</returns>
    public async Task<string> InvokeAsync(string method, object?[] arguments, CancellationToken cancellationToken)
    {
        var id = (++_calls).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await SendRawAsync(Frame(id, method, arguments), cancellationToken);
        return id;
    }

    /// <summary>The next thing the server says.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What it calls, or answers; <see langword="null"/> when it has ended the connection.</returns>
    public async Task<WireMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (TakeFrame() is { } frame)
            {
                var fields = (List<object?>)MessagePack.Read(frame)!;
                switch ((int)(long)fields[0]!)
                {
                    case Invocation:
                        return new WireMessage((string)fields[3]!, null, (List<object?>)fields[4]!);
                    case Completion:
                        return new WireMessage(null, (string)fields[2]!, fields.Count > 4 ? [fields[3], fields[4]] : [fields[3], null]);
                    case Close:
                        return null;
                }
            }

            if (!await ReceiveAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A length, seven bits a byte, as it stands before each message.</summary>
    public static byte[] Length(uint length)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((length & 0x7f) | (length > 0x7f ? 0x80u : 0)));
            length >>= 7;
        }
        while (length > 0);

        return [.. bytes];
    }

    private static byte[] Frame(string? id, string method, object?[] arguments)
    {
        var message = MessagePack.Write(new object?[] { Invocation, new Dictionary<string, object?>(), id, method, arguments, Array.Empty<object?>() });
        return [.. Length((uint)message.Length), .. message];
    }

    private byte[]? TakeFrame()
    {
        var (length, at, shift) = (0, 0, 0);
        while (at < _unread.Count)
        {
            var part = _unread[at++];
            length |= (part & 0x7f) << shift;
            shift += 7;
            if (part < 0x80)
            {
                if (_unread.Count < at + length)
                {
                    return null;
                }

                var frame = _unread.GetRange(at, length).ToArray();
                _unread.RemoveRange(0, at + length);
                return frame;
            }
        }

        return null;
    }

    private async Task<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken);
            _unread.AddRange(_buffer.AsSpan(0, received.Count));
            return received.MessageType != WebSocketMessageType.Close;
        }
        catch (WebSocketException)
        {
            // Cut off without a word.
            return false;
        }
    }
}
