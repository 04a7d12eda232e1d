using Batchwork.Engine.Images;

namespace Batchwork.Engine.Collection;

/// <summary>A result together with what it was matched to.</summary>
/// <param name="Result">The result as the provider sent it.</param>
/// <param name="Match">The row it belongs to, or why to none.</param>
internal sealed record CollectedResult(BatchResult Result, ResultMatch Match)
{
    /// <summary>Its pictures, in the order of the result.</summary>
    public IReadOnlyList<ReceivedPicture> Pictures { get; } = [.. Result.Images.Select(i => i.Content).OfType<ReceivedPicture>()];
}
