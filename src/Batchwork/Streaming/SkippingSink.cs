namespace Batchwork.Streaming;

/// <summary>Drops pictures as long as it is told to, for results that were read before.</summary>
internal sealed class SkippingSink(IImageSink inner) : IImageSink
{
    /// <summary>Whether pictures are dropped.</summary>
    public bool Skips { get; set; }

    public ValueTask<IImageWriter> CreateAsync(CancellationToken cancellationToken) => (Skips ? DiscardingSink.Instance : inner).CreateAsync(cancellationToken);
}
