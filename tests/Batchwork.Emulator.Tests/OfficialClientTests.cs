// The batch client of the official SDK is marked as a preview.
#pragma warning disable OPENAI001

using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Tests.Support;
using OpenAI;
using OpenAI.Batch;
using OpenAI.Files;

namespace Batchwork.Emulator.Tests;

/// <summary>OpenAI's own .NET SDK against the emulator: it must not be able to tell.</summary>
public sealed class OfficialClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_UploadListGetDownloadDelete_AsTheSdkExpects()
    {
        await using var emulation = await Emulation.StartAsync();
        var files = Files(emulation);
        var content = Emulation.Line("a", "A fox") + "\n";

        OpenAIFile uploaded = await files.UploadFileAsync(BinaryData.FromString(content), "job.jsonl", FileUploadPurpose.Batch);
        OpenAIFile again = await files.GetFileAsync(uploaded.Id, Token);
        OpenAIFileCollection listed = await files.GetFilesAsync(FilePurpose.Batch, Token);
        BinaryData downloaded = await files.DownloadFileAsync(uploaded.Id, Token);
        FileDeletionResult deleted = await files.DeleteFileAsync(uploaded.Id, Token);

        Assert.Equal(("job.jsonl", FilePurpose.Batch, Encoding.UTF8.GetByteCount(content)), (again.Filename, again.Purpose, again.SizeInBytes));
        Assert.Equal(Emulation.Start, again.CreatedAt);
        Assert.Equal(uploaded.Id, Assert.Single(listed).Id);
        Assert.Equal(content, downloaded.ToString());
        Assert.True(deleted.Deleted);
    }

    [Fact]
    public async Task Batches_FromUploadToResults_AsTheSdkExpects()
    {
        await using var emulation = await Emulation.StartAsync(new EmulatorSettings { Repeat = 1 });
        var (files, batches) = (Files(emulation), Batches(emulation));
        OpenAIFile input = await files.UploadFileAsync(
            BinaryData.FromString($"{Emulation.Line("a", "A fox")}\n{Emulation.Line("b", "A bear [[refuse]]")}\n"), "job.jsonl", FileUploadPurpose.Batch);

        var operation = await CreateAsync(batches, input.Id);
        emulation.Time.Advance(TimeSpan.FromHours(1));
        await operation.UpdateStatusAsync();
        var batch = Read(await operation.GetBatchAsync(new RequestOptions { CancellationToken = Token }));
        BinaryData output = await files.DownloadFileAsync(batch.Text("output_file_id"), Token);
        BinaryData errors = await files.DownloadFileAsync(batch.Text("error_file_id"), Token);

        Assert.True(operation.HasCompleted);
        Assert.Equal(("completed", 1, 1), (batch.Text("status"), batch.Number("request_counts.completed"), batch.Number("request_counts.failed")));
        Assert.Equal("a", JsonNode.Parse(output)!.Text("custom_id"));
        Assert.Equal("moderation_blocked", JsonNode.Parse(errors)!.Text("response.body.error.code"));
    }

    [Fact]
    public async Task Batches_RehydrateListCancel_AsTheSdkExpects()
    {
        await using var emulation = await Emulation.StartAsync();
        var (files, batches) = (Files(emulation), Batches(emulation));
        OpenAIFile input = await files.UploadFileAsync(
            BinaryData.FromString(Emulation.Line("a", "A fox")), "job.jsonl", FileUploadPurpose.Batch);
        var created = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            created.Insert(0, (await CreateAsync(batches, input.Id)).BatchId);
        }

        var listed = new List<string>();
        await foreach (var page in batches.GetBatchesAsync(after: null, limit: 2, new RequestOptions { CancellationToken = Token }).GetRawPagesAsync())
        {
            listed.AddRange(Read(page)["data"]!.AsArray().Select(batch => batch!.Text("id")));
        }

        var operation = await CreateBatchOperation.RehydrateAsync(batches, created[0], Token);
        var cancelled = Read(await operation.CancelAsync(new RequestOptions { CancellationToken = Token }));

        Assert.Equal(created, listed);
        Assert.Equal("cancelling", cancelled.Text("status"));
    }

    [Fact]
    public async Task Error_OfAnUnknownFile_IsTheSdksException()
    {
        await using var emulation = await Emulation.StartAsync();

        var error = await Assert.ThrowsAsync<ClientResultException>(() => Files(emulation).GetFileAsync("file-nope", Token));

        Assert.Equal(404, error.Status);
        Assert.Contains("No such File object: file-nope", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fault_TooManyRequests_IsRetriedByTheSdkUntilItPasses()
    {
        await using var emulation = await Emulation.StartAsync();
        OpenAIFile input = await Files(emulation).UploadFileAsync(
            BinaryData.FromString(Emulation.Line("a", "A fox")), "job.jsonl", FileUploadPurpose.Batch);
        emulation.Emulator.Faults.Add("openai.files.retrieve", "status:429;retry-after-ms=1", times: 2);

        OpenAIFile again = await Files(emulation).GetFileAsync(input.Id, Token);

        Assert.Equal(input.Id, again.Id);
        Assert.Equal(2, emulation.Emulator.Ledger.Read().Requests["openai.files.retrieve"].Answers["429"]);
    }

    private static async Task<CreateBatchOperation> CreateAsync(BatchClient batches, string fileId)
    {
        var body = BinaryData.FromObjectAsJson(
            new { input_file_id = fileId, endpoint = Emulation.Generations, completion_window = "24h" });
        return await batches.CreateBatchAsync(
            BinaryContent.Create(body), waitUntilCompleted: false, new RequestOptions { CancellationToken = Token });
    }

    private static JsonObject Read(ClientResult result) => JsonNode.Parse(result.GetRawResponse().Content)!.AsObject();

    private static OpenAIFileClient Files(Emulation emulation) => new(
        new ApiKeyCredential("sk-test"), new OpenAIClientOptions { Endpoint = emulation.Emulator.OpenAI, Transport = Transport(emulation) });

    private static BatchClient Batches(Emulation emulation) => new(
        new ApiKeyCredential("sk-test"), new BatchClientOptions { Endpoint = emulation.Emulator.OpenAI, Transport = Transport(emulation) });

    private static HttpClientPipelineTransport Transport(Emulation emulation) => new(emulation.Client);
}
