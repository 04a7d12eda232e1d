namespace Batchwork;

/// <summary>Writes the lines of an upload.</summary>
internal interface IRequestWriter
{
    /// <summary>Bytes of the last request's body, which is what the bound on a request counts.</summary>
    int BodyLength { get; }

    /// <summary>Writes a request's line, line feed included.</summary>
    /// <returns>The line; only valid until the next call.</returns>
    ReadOnlyMemory<byte> Write(EffectiveRequest request);
}
