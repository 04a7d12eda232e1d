using System.IO.Compression;
using System.Text;
using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Streaming;
using Batchwork.Testing;
using Batchwork.Testing.Http;
using Batchwork.Tests.OpenAI;

namespace Batchwork.Tests.Streaming;

/// <summary>Over real connections, because what breaks here is the connection.</summary>
public sealed class ResultDownloadTests
{
    private static readonly byte[] s_file = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n")));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_ConnectionBreaksAtEveryPowerOfTwo_IsTakenUpWithRanges()
    {
        var next = 1;
        await using var server = new LoopbackServer(call =>
        {
            var reply = LoopbackReply.File(s_file, call, "\"v1\"");
            var at = s_file.Length - reply.Body.Length;
            var hangUp = next - at;
            next *= 2;
            return hangUp < reply.Body.Length ? reply with { HangUpAfter = hangUp } : reply;
        });

        Assert.Equal(s_file, await ReadAsync(server));
        Assert.All(server.Calls.Skip(1), c => Assert.Equal("\"v1\"", c.Headers["If-Range"]));
        Assert.All(server.Calls, c => Assert.Equal("identity", c.Headers["Accept-Encoding"]));
    }

    [Fact]
    public async Task Read_ServerWithoutRanges_IsReadFromItsStartAgain()
    {
        var calls = 0;
        await using var server = new LoopbackServer(_ => new LoopbackReply { Body = s_file, HangUpAfter = calls++ == 0 ? 100_000 : null });

        Assert.Equal(s_file, await ReadAsync(server));
        Assert.Equal(2, server.Calls.Count);
    }

    [Fact]
    public async Task Read_WrongPartComes_IsReadFromItsStartAgain()
    {
        var calls = 0;
        await using var server = new LoopbackServer(call => calls++ switch
        {
            0 => new LoopbackReply { Body = s_file, HangUpAfter = 1000 },
            1 => new LoopbackReply { Status = 206, Body = s_file.AsMemory(500), Headers = new Dictionary<string, string> { ["Content-Range"] = $"bytes 500-{s_file.Length - 1}/{s_file.Length}" } },
            _ => LoopbackReply.File(s_file, call),
        });

        Assert.Equal(s_file, await ReadAsync(server));
        Assert.False(server.Calls[2].Headers.ContainsKey("Range"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_FileChangesMeanwhile_IsAFailureAndNeverSpliced(bool byTag)
    {
        var calls = 0;
        await using var server = new LoopbackServer(_ => calls++ == 0
            ? new LoopbackReply { Body = s_file, HangUpAfter = 1000, Headers = new Dictionary<string, string> { ["ETag"] = "\"v1\"" } }
            : new LoopbackReply { Body = byTag ? s_file : s_file.AsMemory(1), Headers = new Dictionary<string, string> { ["ETag"] = byTag ? "\"v2\"" : "\"v1\"" } });

        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(server));

        Assert.Equal(ProviderFailure.UnexpectedAnswer, failure.Failure);
    }

    [Fact]
    public async Task Read_FromAPlace_AsksForTheRest()
    {
        await using var server = new LoopbackServer(call => LoopbackReply.File(s_file, call));

        Assert.Equal(s_file[7..], await ReadAsync(server, 7));
        Assert.Equal("bytes=7-", Assert.Single(server.Calls).Headers["Range"]);
    }

    [Fact]
    public async Task Read_FromAPlaceWithoutRanges_SkipsWhatWasRead()
    {
        await using var server = new LoopbackServer(_ => new LoopbackReply { Body = s_file });

        Assert.Equal(s_file[100_001..], await ReadAsync(server, 100_001));
    }

    [Fact]
    public async Task Read_FromTheEnd_IsNothing()
    {
        await using var server = new LoopbackServer(call => LoopbackReply.File(s_file, call));

        Assert.Empty(await ReadAsync(server, s_file.Length));
    }

    [Fact]
    public async Task Read_CompressedAlthoughNotAsked_IsUnderstood()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(s_file, Token);
        }

        await using var server = new LoopbackServer(_ => new LoopbackReply { Body = packed.ToArray(), Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip" } });

        Assert.Equal(s_file, await ReadAsync(server));
    }

    [Fact]
    public async Task F22_InflatesBeyondReason_IsRefusedSoon()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var spaces = new byte[1024 * 1024];
            spaces.AsSpan().Fill((byte)' ');
            for (var megabyte = 0; megabyte < 200; megabyte++)
            {
                await gzip.WriteAsync(spaces, Token);
            }
        }

        await using var server = new LoopbackServer(_ => new LoopbackReply { Body = packed.ToArray(), Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip" } });

        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(server));

        Assert.Equal((ProviderFailure.UnexpectedAnswer, "The answer was implausibly large and was refused."), (failure.Failure, failure.Message));
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task Read_BreaksWithoutProgress_IsGivenUp()
    {
        await using var server = new LoopbackServer(call => LoopbackReply.File(s_file, call) with { HangUpAfter = 0 });

        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(server));

        Assert.Equal(ProviderFailure.Connection, failure.Failure);
        Assert.Equal(9, server.Calls.Count);
    }

    [Fact]
    public async Task Open_FileIsGone_IsToldAtOnce()
    {
        await using var server = new LoopbackServer(_ => LoopbackReply.Json("""{"error":{"message":"No such File object: file-1"}}""", 404));

        var failure = await Assert.ThrowsAsync<ProviderException>(() => ReadAsync(server));

        Assert.Equal(ProviderFailure.NotFound, failure.Failure);
        Assert.Equal("OpenAI answered 404: No such File object: file-1", failure.Message);
    }

    [Fact]
    public async Task Read_Cancelled_StopsAtOnce()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new LoopbackServer(_ =>
        {
            cancel.Cancel();
            return new LoopbackReply { Body = s_file, HangUpAfter = 0 };
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(server, 0, cancel.Token));
        Assert.Single(server.Calls);
    }

    private static async Task<byte[]> ReadAsync(LoopbackServer server, long offset = 0, CancellationToken? cancellationToken = null)
    {
        var token = cancellationToken ?? Token;
        var options = new BatchworkOptions { AllowPrivateAddresses = true, MaxRetryWait = TimeSpan.FromSeconds(30) };
        var time = new HurriedTimeProvider();
        using var transport = BatchTransport.ToNetwork(options, time);
        var calls = new ProviderCalls("openai", "OpenAI", new TransportSource(() => transport, _ => null), time);
        var endpoint = ProviderEndpoint.Of(
            TestAdapter.Over().Capabilities,
            TestAdapter.Credentials with { BaseUrl = server.Address },
            key => new KeyValuePair<string, string>("Authorization", key));
        await using var download = new ResultDownload("openai", calls, endpoint, "/files/file-1/content", options, time);
        await download.OpenAsync(offset, token);
        using var all = new MemoryStream();
        var buffer = new byte[10_000];
        while (await download.ReadAsync(buffer, token) is > 0 and var read)
        {
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }
}
