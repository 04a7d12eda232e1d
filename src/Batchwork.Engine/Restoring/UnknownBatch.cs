namespace Batchwork.Engine.Restoring;

/// <summary>A batch at a provider that carries this instance's tag although this database has never given that tag out.</summary>
/// <param name="ConnectionId">The connection over which it was seen.</param>
/// <param name="Provider">The provider's name for people.</param>
/// <param name="BatchId">The provider's id.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="Requests">How many requests it has, by the provider's word.</param>
/// <param name="CreatedAt">When the provider accepted it.</param>
/// <param name="Status">The provider's word for its status.</param>
public sealed record UnknownBatch(Guid ConnectionId, string Provider, string BatchId, string Tag, int Requests, DateTimeOffset? CreatedAt, string? Status);
