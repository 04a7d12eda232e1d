using System.Buffers;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

/// <summary>Alone, after all others: the memory that is measured is that of the whole process.</summary>
[Collection(Name)]
public sealed class LoadTests
{
    private const string Name = "Load";
    private const int Requests = 50_000;
    private const long Enough = 320 << 20;

    [Fact]
    public async Task Output_Of50000Requests_StreamsInBoundedMemory()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 4);
        var batch = await emulation.RetrieveAsync(
            await emulation.SubmitAsync([.. Enumerable.Range(0, Requests).Select(i => Emulation.Line($"row-{i}", $"Fox number {i}"))]));
        var file = await emulation.GetAsync($"openai/v1/files/{batch.Text("output_file_id")}");
        var before = GC.GetTotalMemory(forceFullCollection: true);

        using var response = await emulation.Client.GetAsync(
            $"openai/v1/files/{file.Text("id")}/content", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var (lines, bytes, most) = await ReadAsync(
            await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), long.MaxValue);

        Assert.Equal(Requests, batch.Number("request_counts.completed"));
        Assert.Equal((Requests, file.Number("bytes")), (lines, bytes));
        Assert.True(bytes > 300 << 20, $"{bytes} bytes are no load.");
        Assert.True(most - before < 96 << 20, $"{(most - before) >> 20} MiB were held while {bytes >> 20} MiB streamed.");
    }

    [Fact]
    public async Task Google_Of50000Requests_StreamsInBoundedMemory()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 2);
        var batch = await emulation.Google.SubmitAsync(
            [.. Enumerable.Range(0, Requests).Select(i => GoogleClient.Line($"row-{i}", $"Fox number {i}"))]);
        while (batch["done"] is null)
        {
            batch = await emulation.Google.GetAsync(batch.Text("name"));
        }

        Assert.Equal($"{Requests}", batch.Text("metadata.batchStats.successfulRequestCount"));
        await BoundedAsync(emulation, $"google/v1beta/{batch.Text("response.responsesFile")}:download?alt=media");
    }

    [Fact]
    public async Task GoogleInline_Of5000Requests_StreamsInBoundedMemory()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 2);
        var batch = await Emulation.ReadAsync(await emulation.Google.PostInlineBatchAsync(
            [.. Enumerable.Range(0, 5000).Select(i => GoogleClient.Inline($"row-{i}", $"Fox number {i}"))]));
        while ((await emulation.Google.GetAsync(batch.Text("name") + "?fields=done"))["done"] is null)
        {
        }

        await BoundedAsync(emulation, $"google/v1beta/{batch.Text("name")}");
    }

    [Fact]
    public async Task XAI_PageOf1000In50000Requests_StreamsInBoundedMemory()
    {
        await using var emulation = await Emulation.StartInstantAsync(repeat: 2);
        var batch = await emulation.XAI.SubmitAsync([.. Enumerable.Range(0, Requests).Select(i =>
            XAIClient.Line($"row-{i}", $"Fox number {i}", ",\"n\":4,\"response_format\":\"b64_json\""))]);

        Assert.Equal(Requests, batch.Number("state.num_success"));
        await BoundedAsync(emulation, $"xai/v1/batches/{batch.Text("batch_id")}/results?limit=1000");
    }

    // The beginning of an answer that is far larger tells as much as all of it.
    private static async Task BoundedAsync(Emulation emulation, string path)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var response = await emulation.Client.GetAsync(
            path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var (_, bytes, most) = await ReadAsync(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        Assert.True(bytes >= Enough, $"{bytes} bytes are no load.");
        Assert.True(most - before < 96 << 20, $"{(most - before) >> 20} MiB were held while {bytes >> 20} MiB streamed.");
    }

    // What is alive is measured after a collection: what merely was not collected yet is no burden.
    private static async Task<(int Lines, long Bytes, long Most)> ReadAsync(Stream stream, long enough = Enough)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        var (lines, bytes, most, next) = (0, 0L, 0L, 0L);
        while (bytes < enough && await stream.ReadAsync(buffer, TestContext.Current.CancellationToken) is > 0 and var read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            bytes += read;
            if (bytes >= next)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
                next += 64 << 20;
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return (lines, bytes, most);
    }

    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Alone;
}
