using Batchwork.Adapters;

namespace Batchwork.Google;

/// <summary>A checked batch that is small enough to go into the create call whole.</summary>
internal sealed class GoogleInlineBatch : PreparedBatch
{
    /// <summary>The body of the create call.</summary>
    public required byte[] Call { get; init; }

    public override Task WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return destination.WriteAsync(Call, cancellationToken).AsTask();
    }
}
