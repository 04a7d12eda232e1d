namespace Batchwork.Adapters;

/// <summary>A checked batch whose upload is known byte for byte.</summary>
public abstract class PreparedBatch
{
    /// <summary>The batch.</summary>
    public required ImageBatch Batch { get; init; }

    /// <summary>The provider's name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Requests in it.</summary>
    public required int RequestCount { get; init; }

    /// <summary>Bytes of the upload.</summary>
    public required long ByteCount { get; init; }

    /// <summary>SHA-256 of the upload's bytes, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>What the author should know, although it can be sent.</summary>
    public required IReadOnlyList<RequestProblem> Warnings { get; init; }

    /// <summary>Writes the upload's bytes, the same each time, without holding them in memory.</summary>
    /// <param name="destination">Where to.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>A task that ends when all is written.</returns>
    public abstract Task WriteToAsync(Stream destination, CancellationToken cancellationToken);
}
