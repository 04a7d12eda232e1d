using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Batchwork.Benchmarks;

/// <summary>
/// A server of nothing but result files, for a process of its own: it writes blocks as fast as they are read, so that what is measured is the reader.
/// </summary>
internal static class LoadSource
{
    /// <summary>The verb that starts it.</summary>
    public const string Verb = "serve";

    /// <summary>Starts it as a process.</summary>
    public static Task<BuiltApp> StartAsync(CancellationToken cancellationToken) =>
        BuiltApp.StartAsync("Batchwork.Benchmarks", [Verb], new Dictionary<string, string>(), cancellationToken);

    /// <summary>Serves until it is stopped.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Now listening on: http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
        while (true)
        {
            _ = ServeAsync(await listener.AcceptTcpClientAsync(cancellationToken), cancellationToken);
        }
    }

    private static async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var pieces = LoadAnswer.To(await PathAsync(stream, cancellationToken));
                var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {pieces.Sum(p => (long)p.Length)}\r\n\r\n");
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), cancellationToken);
                foreach (var piece in pieces)
                {
                    await stream.WriteAsync(piece, cancellationToken);
                }
            }
            catch (Exception gone) when (gone is IOException or SocketException)
            {
                // The reader has seen enough.
            }
        }
    }

    private static async Task<string> PathAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var request = await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("Nothing was asked.");
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 })
        {
            // Headers, which do not matter here.
        }

        return request.Split(' ')[1];
    }
}
