using System.Text.Json;

namespace Batchwork;

/// <summary>How one request of a batch ended, the same for every provider.</summary>
public sealed class BatchResult
{
    /// <summary>The request's id as the provider sent it back; empty when it sent none.</summary>
    public required string CustomId { get; init; }

    /// <summary>How it ended.</summary>
    public required BatchResultStatus Status { get; init; }

    /// <summary>What that means.</summary>
    public required ResultOutcome Outcome { get; init; }

    /// <summary>The pictures, in the provider's order; empty unless it succeeded.</summary>
    public IReadOnlyList<BatchImage> Images { get; init; } = [];

    /// <summary>Text the model answered beside or instead of pictures.</summary>
    public string? Text { get; init; }

    /// <summary>What it used.</summary>
    public BatchUsage? Usage { get; init; }

    /// <summary>Why there is no picture.</summary>
    public BatchError? Error { get; init; }

    /// <summary>The provider's answer without the pictures' data, cut at 64 KiB; for support.</summary>
    public JsonElement? Raw { get; init; }

    /// <summary>Where this result ends in its source: begin there to read only what follows.</summary>
    public required ResultPosition Position { get; init; }
}
