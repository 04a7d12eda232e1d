using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.OpenAI;

/// <summary>The answer to a request for pictures: the call it answers, or the error it ended with.</summary>
internal sealed record ImageAnswer : Answer
{
    /// <summary>The request's number in the input.</summary>
    public required int Request { get; init; }

    public ImageCall? Call { get; init; }

    public OpenAIError? Error { get; init; }
}
