namespace Batchwork.Adapters;

/// <summary>A model a key may use.</summary>
/// <param name="Id">The provider's name of the model.</param>
/// <param name="ShutDownOn">When the provider will switch it off, if it says so.</param>
/// <param name="Batch">Whether it works in batches, if the provider says so.</param>
public sealed record AvailableModel(string Id, DateOnly? ShutDownOn, bool? Batch = null);
