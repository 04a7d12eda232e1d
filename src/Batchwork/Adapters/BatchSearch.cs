namespace Batchwork.Adapters;

/// <summary>What to look for among an account's batches.</summary>
/// <param name="Tag">The tag the batch was sent with.</param>
/// <param name="InputFileId">The upload it uses, if known: gateways may lose the tag.</param>
/// <param name="SentAt">When it was sent, by our clock. Pages that are wholly a day older end the search.</param>
public sealed record BatchSearch(string Tag, string? InputFileId, DateTimeOffset SentAt);
