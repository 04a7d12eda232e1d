namespace Batchwork.Engine.Collection;

/// <summary>How far one source of a part's results has been stored.</summary>
/// <param name="Position">Everything before it is on our disk and in our ledger.</param>
/// <param name="Finished">Whether the source was read to its end.</param>
public sealed record CollectCheckpoint(ResultPosition Position, bool Finished);
