using System.Text.Json;

namespace Batchwork;

/// <summary>How one request of a batch ended, the same for every provider.</summary>
public sealed class BatchResult : IAsyncDisposable
{
    /// <summary>The request's id as the provider sent it back; empty when it sent none.</summary>
    public required string CustomId { get; init; }

    /// <summary>How it ended.</summary>
    public required BatchResultStatus Status { get; init; }

    /// <summary>What that means.</summary>
    public required ResultOutcome Outcome { get; init; }

    /// <summary>The pictures, in the provider's order; empty unless it succeeded. With <see cref="ResultOutcome.Unreadable"/>, what could be saved of them.</summary>
    public IReadOnlyList<BatchImage> Images { get; init; } = [];

    /// <summary>Text the model answered beside or instead of pictures.</summary>
    public string? Text { get; init; }

    /// <summary>What it used.</summary>
    public BatchUsage? Usage { get; init; }

    /// <summary>Why there is no picture, or not every one.</summary>
    public BatchError? Error { get; init; }

    /// <summary>The provider's answer without the pictures' data, for support; a JSON string with its beginning when it is longer than 64 KiB or not JSON.</summary>
    public JsonElement? Raw { get; init; }

    /// <summary>Where this result ends in its source: begin there to read only what follows.</summary>
    public required ResultPosition Position { get; init; }

    /// <summary>Disposes the pictures' contents. With the default sink their temporary files vanish.</summary>
    /// <returns>A task that ends when all are disposed.</returns>
    public async ValueTask DisposeAsync()
    {
        foreach (var image in Images)
        {
            if (image.Content is { } content)
            {
                await content.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
