namespace Batchwork.Engine.Connections;

/// <summary>A key that was replaced and is kept because batches were made with it.</summary>
/// <param name="Ending">Its last four characters.</param>
/// <param name="RetiredAt">When it was replaced.</param>
/// <param name="Batches">Batches that still need it; when there are none it is destroyed.</param>
/// <param name="IsRejected">Whether the provider does not accept it any more: its batches are then asked for with the new key.</param>
public sealed record KeptKey(string? Ending, DateTimeOffset RetiredAt, int Batches, bool IsRejected);
