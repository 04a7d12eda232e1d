using Batchwork.Testing.Http;

namespace Batchwork.Tests.Recorded;

/// <summary>What the library did with a case.</summary>
internal sealed class VectorOutcome
{
    /// <summary>How it failed, if it did.</summary>
    public Exception? Error { get; init; }

    /// <summary>The batch at the end.</summary>
    public BatchJob? Job { get; init; }

    /// <summary>What a cancel answered.</summary>
    public BatchSnapshot? Cancelled { get; init; }

    /// <summary>The states seen while waiting.</summary>
    public IReadOnlyList<string> Polled { get; init; } = [];

    /// <summary>The results read, also before a failure.</summary>
    public IReadOnlyList<SeenResult> Results { get; init; } = [];

    /// <summary>The public addresses that calls were led away from.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>What reached the server.</summary>
    public required IReadOnlyList<RecordedCall> Calls { get; init; }
}
