namespace Batchwork.Emulator.Batches;

/// <summary>What came of a batch, once its files are made.</summary>
internal sealed record BatchResults
{
    /// <summary>Nothing came of it.</summary>
    public static BatchResults None { get; } = new() { Completed = 0, Failed = 0, InputTokens = 0, OutputTokens = 0 };

    /// <summary>Null if no request succeeded.</summary>
    public string? OutputFileId { get; init; }

    /// <summary>Null if every request did.</summary>
    public string? ErrorFileId { get; init; }

    public required int Completed { get; init; }

    public required int Failed { get; init; }

    public required long InputTokens { get; init; }

    public required long OutputTokens { get; init; }
}
