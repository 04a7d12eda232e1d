using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Batchwork.Adapters;

/// <summary>Logs, traces and counts the calls of another adapter. Prompts, keys and pictures never get into any of these.</summary>
internal sealed partial class LoggingAdapter(IBatchAdapter inner, ILogger<LoggingAdapter> logger) : IBatchAdapter
{
    public string Provider => inner.Provider;

    public AdapterCapabilities Capabilities => inner.Capabilities;

    public IReadOnlyList<ModelRules> Models => inner.Models;

    public IReadOnlyList<RequestProblem> Check(EffectiveRequest request, string model) => inner.Check(request, model);

    public async ValueTask<PreparedBatch> PrepareAsync(ImageBatch batch, CancellationToken cancellationToken)
    {
        var prepared = await inner.PrepareAsync(batch, cancellationToken).ConfigureAwait(false);
        LogPrepared(Provider, prepared.Model, prepared.RequestCount, prepared.ByteCount, prepared.Warnings.Count);
        return prepared;
    }

    public async ValueTask<UploadedInput> UploadAsync(PreparedBatch batch, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        var input = await TraceAsync("upload", () => inner.UploadAsync(batch, credentials, cancellationToken)).ConfigureAwait(false);
        LogUploaded(Provider, batch.RequestCount, batch.ByteCount, input.FileId);
        return input;
    }

    public ValueTask<UploadedInput?> FindUploadAsync(string tag, BatchCredentials credentials, CancellationToken cancellationToken) =>
        TraceAsync("find upload", () => inner.FindUploadAsync(tag, credentials, cancellationToken));

    public async ValueTask<BatchSnapshot> CreateAsync(PreparedBatch batch, UploadedInput input, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        try
        {
            var created = await TraceAsync("create", () => inner.CreateAsync(batch, input, credentials, cancellationToken)).ConfigureAwait(false);
            LogCreated(Provider, created.Id, batch.RequestCount, batch.Batch.Tag);
            BatchworkTelemetry.Created(Provider, batch.RequestCount);
            return created;
        }
        catch (BatchOutcomeUnknownException unknown)
        {
            LogOutcomeUnknown(unknown, Provider, input.FileId, batch.Batch.Tag);
            throw;
        }
    }

    public ValueTask<IReadOnlyList<BatchSnapshot>> FindByTagAsync(BatchSearch search, BatchCredentials credentials, CancellationToken cancellationToken) =>
        TraceAsync("find batch", () => inner.FindByTagAsync(search, credentials, cancellationToken));

    public async ValueTask<BatchSnapshot> RetrieveAsync(string batchId, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        var batch = await TraceAsync("retrieve", () => inner.RetrieveAsync(batchId, credentials, cancellationToken)).ConfigureAwait(false);
        LogRetrieved(Provider, batch.Id, batch.RawStatus, batch.RequestCounts.Completed, batch.RequestCounts.Failed, batch.RequestCounts.Total);
        if (batch.Status is null)
        {
            LogUnknownStatus(Provider, batch.Id, batch.RawStatus);
        }

        return batch;
    }

    public IAsyncEnumerable<BatchSnapshot> ListAsync(BatchCredentials credentials, CancellationToken cancellationToken) =>
        inner.ListAsync(credentials, cancellationToken);

    public async IAsyncEnumerable<BatchResult> ReadResultsAsync(
        BatchSnapshot batch,
        ResultReadOptions options,
        BatchCredentials credentials,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var activity = BatchworkTelemetry.Start(Provider, "read results");
        var count = 0;
        await foreach (var result in inner.ReadResultsAsync(batch, options, credentials, cancellationToken).ConfigureAwait(false))
        {
            count++;
            BatchworkTelemetry.Read(Provider, result);
            if (result.Outcome == ResultOutcome.Unreadable)
            {
                LogUnreadable(Provider, batch.Id, result.Position.Source, result.Position.Line);
            }

            yield return result;
        }

        LogRead(Provider, batch.Id, count);
    }

    public async ValueTask<BatchSnapshot> CancelAsync(string batchId, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        var batch = await TraceAsync("cancel", () => inner.CancelAsync(batchId, credentials, cancellationToken)).ConfigureAwait(false);
        LogCancelled(Provider, batch.Id, batch.RawStatus);
        return batch;
    }

    public async ValueTask DeleteFileAsync(string fileId, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        using var activity = BatchworkTelemetry.Start(Provider, "delete file");
        await inner.DeleteFileAsync(fileId, credentials, cancellationToken).ConfigureAwait(false);
        LogDeleted(Provider, fileId);
    }

    public ValueTask<IReadOnlyList<AvailableModel>> ListModelsAsync(BatchCredentials credentials, CancellationToken cancellationToken) =>
        TraceAsync("list models", () => inner.ListModelsAsync(credentials, cancellationToken));

    private async ValueTask<T> TraceAsync<T>(string call, Func<ValueTask<T>> make)
    {
        using var activity = BatchworkTelemetry.Start(Provider, call);
        try
        {
            return await make().ConfigureAwait(false);
        }
        catch (ProviderException failure)
        {
            activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, failure.Failure.ToString());
            BatchworkTelemetry.Failed(Provider, call, failure.Failure);
            LogFailed(failure, Provider, call, failure.Failure, failure.StatusCode, failure.RequestId);
            throw;
        }
    }

    [LoggerMessage(100, LogLevel.Debug, "{Provider}: prepared {Requests} requests for {Model}, {Bytes} bytes, {Warnings} warnings")]
    private partial void LogPrepared(string provider, string model, int requests, long bytes, int warnings);

    [LoggerMessage(101, LogLevel.Information, "{Provider}: uploaded {Requests} requests, {Bytes} bytes, as {FileId}")]
    private partial void LogUploaded(string provider, int requests, long bytes, string fileId);

    [LoggerMessage(102, LogLevel.Information, "{Provider}: created batch {BatchId} of {Requests} requests, tag {Tag}")]
    private partial void LogCreated(string provider, string batchId, int requests, string? tag);

    [LoggerMessage(103, LogLevel.Error, "{Provider}: whether the batch of upload {FileId}, tag {Tag}, was created is not known; look for it before sending it again")]
    private partial void LogOutcomeUnknown(Exception exception, string provider, string fileId, string? tag);

    [LoggerMessage(104, LogLevel.Debug, "{Provider}: batch {BatchId} is {Status}, {Completed} done and {Failed} failed of {Total}")]
    private partial void LogRetrieved(string provider, string batchId, string? status, int completed, int failed, int total);

    [LoggerMessage(105, LogLevel.Warning, "{Provider}: batch {BatchId} has the status '{Status}', which is not known here")]
    private partial void LogUnknownStatus(string provider, string batchId, string? status);

    [LoggerMessage(106, LogLevel.Information, "{Provider}: read {Results} results of batch {BatchId}")]
    private partial void LogRead(string provider, string batchId, int results);

    [LoggerMessage(107, LogLevel.Warning, "{Provider}: line {Line} of the {Source} of batch {BatchId} could not be read")]
    private partial void LogUnreadable(string provider, string batchId, string source, long line);

    [LoggerMessage(108, LogLevel.Information, "{Provider}: asked to cancel batch {BatchId}, which is now {Status}")]
    private partial void LogCancelled(string provider, string batchId, string? status);

    [LoggerMessage(109, LogLevel.Debug, "{Provider}: deleted file {FileId}")]
    private partial void LogDeleted(string provider, string fileId);

    [LoggerMessage(110, LogLevel.Warning, "{Provider}: {Call} failed: {Failure}, status {StatusCode}, request {RequestId}")]
    private partial void LogFailed(Exception exception, string provider, string call, ProviderFailure failure, System.Net.HttpStatusCode? statusCode, string? requestId);
}
