using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.Google;

/// <summary>The answer to a request for content: the call it answers, or the error it ended with.</summary>
internal sealed record GoogleContentAnswer : Answer
{
    /// <summary>The request's number in the input.</summary>
    public required int Request { get; init; }

    public GoogleCall? Call { get; init; }

    public GoogleError? Error { get; init; }
}
