using System.Globalization;
using Batchwork.Adapters;

namespace Batchwork;

/// <summary>Plans batches that keep within a provider's bounds and their own.</summary>
internal static class BatchSplitter
{
    // The tag of a part is a little longer than that of the whole.
    private const string LongestNumber = "-99999";

    /// <summary>Splits a batch. Its requests keep their order and their ids.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="capabilities">The provider's bounds.</param>
    /// <param name="measure">Measures its requests.</param>
    public static IReadOnlyList<ImageBatch> Split(ImageBatch batch, AdapterCapabilities capabilities, IRequestMeasure measure)
    {
        var ids = RequestIds.Assign(batch.Requests);
        var parts = new List<List<ImageRequest>> { new() };
        var model = ModelId.Parse(batch.Model);
        var bytesOf = measure.Measure(model.Model);
        var around = measure.BytesAround(batch with { Tag = batch.Tag + LongestNumber });
        var (count, bytes, output) = (0, around, 0L);
        var mostRequests = Math.Min(batch.Limits.MaxRequests, capabilities.MaxRequests);
        var mostBytes = Math.Min(batch.Limits.MaxUploadBytes, capabilities.MaxUploadBytes);
        foreach (var request in EffectiveRequest.MergeAll(batch.Requests, ids.Ids, batch.Defaults, model.Provider))
        {
            var (ownBytes, ownOutput) = (bytesOf(request), ExpectedOutput.Bytes(request));

            // One request that is too large by itself stays a batch of its own: what is wrong with it is told when it is prepared.
            if (count > 0 && (count == mostRequests || bytes + ownBytes > mostBytes || output + ownOutput > capabilities.MaxExpectedOutputBytes))
            {
                parts.Add([]);
                (count, bytes, output) = (0, around, 0);
            }

            (count, bytes, output) = (count + 1, bytes + ownBytes, output + ownOutput);

            // An automatic id counts over the whole batch, not over its part.
            parts[^1].Add(batch.Requests[request.Index] with { CustomId = request.CustomId });
        }

        return parts.Count == 1 ? [batch] : [.. parts.Select((requests, index) => batch with { Requests = requests, Tag = Tag(batch.Tag, index + 1) })];
    }

    // Each batch must be found by its own tag.
    private static string? Tag(string? tag, int number)
    {
        if (tag is null)
        {
            return null;
        }

        var own = string.Create(CultureInfo.InvariantCulture, $"{tag}-{number}");
        return own.Length <= BatchRules.MaxTagLength
            ? own
            : throw new BatchValidationException(string.Create(CultureInfo.InvariantCulture, $"The tag '{tag}' leaves no room for the number of a part: '{own}' is longer than {BatchRules.MaxTagLength} characters."));
    }
}
