using Batchwork.Adapters;
using Batchwork.Http;

namespace Batchwork;

/// <summary>
/// Sends a prepared batch: upload, then create. The upload is free and may be tried again; the create is paid and never is. When the create clearly did
/// not happen, the upload is taken away again.
/// </summary>
internal sealed class Submission(IBatchAdapter adapter, BatchCredentials credentials, BatchworkOptions options, TimeProvider time)
{
    private const int MostUploads = 3;

    public async Task<BatchSnapshot> SendAsync(PreparedBatch batch, CancellationToken cancellationToken)
    {
        var input = await UploadAsync(batch, cancellationToken).ConfigureAwait(false);
        try
        {
            return await adapter.CreateAsync(batch, input, credentials, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is BatchRejectedException or BatchNotSentException)
        {
            await TidyUpAsync(input, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<UploadedInput> UploadAsync(PreparedBatch batch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                return await adapter.UploadAsync(batch, credentials, cancellationToken).ConfigureAwait(false);
            }
            catch (ProviderException failure) when (attempt < MostUploads && failure.Failure.IsTransient() && !(failure.RetryAfter > options.MaxRetryWait))
            {
                wait = failure.RetryAfter ?? RetryWaits.After(options, attempt);
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TidyUpAsync(UploadedInput input, CancellationToken cancellationToken)
    {
        try
        {
            await adapter.DeleteFileAsync(input.FileId, credentials, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ProviderException or OperationCanceledException)
        {
            // It goes by itself after 30 days. Why the batch was not created matters more.
        }
    }
}
