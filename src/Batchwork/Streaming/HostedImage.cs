namespace Batchwork.Streaming;

/// <summary>What became of fetching a hosted picture.</summary>
/// <param name="Image">The picture, with its content or with <see cref="ImageProblem.NotFetched"/>.</param>
/// <param name="Error">Why it could not be fetched.</param>
internal sealed record HostedImage(BatchImage Image, BatchError? Error);
