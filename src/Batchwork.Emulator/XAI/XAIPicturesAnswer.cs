using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.XAI;

/// <summary>The answer to a request for pictures: the call it answers, or the error it ended with.</summary>
internal sealed record XAIPicturesAnswer : Answer
{
    /// <summary>The request's number in the input.</summary>
    public required int Request { get; init; }

    public XAICall? Call { get; init; }

    public XAIError? Error { get; init; }
}
