namespace Batchwork.Engine.Restoring;

/// <summary>Why nothing that costs money is sent at the moment.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Reason">What gave rise to it, for people.</param>
/// <param name="UnknownBatches">Batches at providers that carry this instance's tag and are not known here, as far as they were seen.</param>
public sealed record SafeModeView(DateTimeOffset Since, string Reason, IReadOnlyList<UnknownBatch> UnknownBatches);
