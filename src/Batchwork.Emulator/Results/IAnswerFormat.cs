using Batchwork.Emulator.Batches;

namespace Batchwork.Emulator.Results;

/// <summary>How a provider writes results.</summary>
internal interface IAnswerFormat
{
    /// <summary>The key a result line carries the request's id under.</summary>
    string IdKey { get; }

    /// <summary>Works out the answer to a request from its line.</summary>
    /// <param name="request">Its number in the input, from 0.</param>
    Answer Read(ReadOnlyMemory<byte> line, BatchRecord batch, int request);

    /// <summary>Writes an answer as one JSON object.</summary>
    Task WriteAsync(JsonLine line, Answer answer, PictureSource pictures, BatchRecord batch, CancellationToken cancellationToken);

    /// <summary>Writes that a request was never run, because the batch ended first.</summary>
    Task WriteNotRunAsync(JsonLine line, ReadOnlyMemory<byte> input, BatchRecord batch, int request, CancellationToken cancellationToken);
}
