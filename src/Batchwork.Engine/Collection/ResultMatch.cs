namespace Batchwork.Engine.Collection;

/// <summary>What a result was matched to.</summary>
/// <param name="Row">The row; <see langword="null"/> when it belongs to none.</param>
/// <param name="Unmatched">Why it is not the row's answer; <see langword="null"/> when it is.</param>
internal sealed record ResultMatch(MatchedRow? Row, UnmatchedKind? Unmatched);

/// <summary>What collecting needs to know of a row.</summary>
/// <param name="Id">The row.</param>
/// <param name="Index">Its place in its job.</param>
/// <param name="TryNumber">Which try this is.</param>
/// <param name="RequestedImages">Images that were asked for.</param>
internal sealed record MatchedRow(Guid Id, int Index, int TryNumber, int RequestedImages);
