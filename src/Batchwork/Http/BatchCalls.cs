using System.Net;
using System.Text;
using System.Text.Json;

namespace Batchwork.Http;

/// <summary>Asks for one batch and cancels it, where both calls answer with the batch.</summary>
/// <param name="displayName">The provider's name for people.</param>
/// <param name="calls">Makes the calls.</param>
/// <param name="read">Reads a batch from an answer, given the id that was asked for; <see langword="null"/> when there is none in it.</param>
internal sealed class BatchCalls(string displayName, ProviderCalls calls, Func<JsonElement, string, BatchSnapshot?> read)
{
    /// <summary>Asks for a batch.</summary>
    public async Task<BatchSnapshot> RetrieveAsync(string batchId, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Get, $"/batches/{batchId}");
        var answer = await calls.ReadAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
        return read(answer, batchId)
            ?? throw calls.Unexpected($"{displayName} answered with something that is not a batch when asked for {batchId}.", Encoding.UTF8.GetBytes(answer.GetRawText()), null, endpoint.Credentials);
    }

    /// <summary>Cancels a batch.</summary>
    /// <param name="batchId">Its id.</param>
    /// <param name="verb">What stands behind the id in the path, for example <c>/cancel</c>.</param>
    /// <param name="endpoint">Where and as whom.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<BatchSnapshot> CancelAsync(string batchId, string verb, ProviderEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var request = endpoint.Request(HttpMethod.Post, $"/batches/{batchId}{verb}");
        ProviderException? refusal = null;
        try
        {
            var answer = await calls.ReadAsync(request, endpoint.Credentials, cancellationToken).ConfigureAwait(false);
            if (read(answer, batchId) is { } batch)
            {
                return batch;
            }
        }
        catch (ProviderException tooLate) when (tooLate.Failure is ProviderFailure.Conflict or ProviderFailure.NotFound)
        {
            // It has ended meanwhile, most likely. What it says of itself is the truth.
            refusal = tooLate;
        }
        catch (ProviderException empty) when (empty is { Failure: ProviderFailure.UnexpectedAnswer, StatusCode: HttpStatusCode.OK or HttpStatusCode.NoContent })
        {
            // Done, in an answer without a batch.
        }

        try
        {
            var now = await RetrieveAsync(batchId, endpoint, cancellationToken).ConfigureAwait(false);
            return refusal is null || now.Status is not (BatchStatus.Validating or BatchStatus.InProgress) ? now : throw refusal;
        }
        catch (ProviderException failure) when (refusal is not null && failure != refusal)
        {
            throw refusal;
        }
    }
}
