using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Images;

/// <summary>All there is to know about a picture.</summary>
public sealed record ImageDetail
{
    public required ImageFile File { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>The type the provider announced, when the picture is of another one.</summary>
    public required string? AnnouncedMediaType { get; init; }

    public required int RowIndex { get; init; }

    public required int Number { get; init; }

    public required RowState State { get; init; }

    /// <summary>Position among the pictures of its row, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Pictures its row asked for.</summary>
    public required int RequestedImages { get; init; }

    /// <summary>The prompt and the values as they were sent, each with where it came from.</summary>
    public required EffectiveRequest Request { get; init; }

    /// <summary>The prompt as the provider changed it.</summary>
    public required string? RevisedPrompt { get; init; }

    public required BatchUsage? Usage { get; init; }

    /// <summary>Position among the job's pictures, from 1.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The job's pictures.</summary>
    public required int Total { get; init; }

    public required Guid? Previous { get; init; }

    public required Guid? Next { get; init; }
}
