namespace Batchwork.Engine.Connections;

/// <summary>A model for pictures that a key may use.</summary>
/// <param name="Id">The provider's name of it.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="ShutDownOn">The last day on which the provider serves it.</param>
public sealed record TestedModel(string Id, string Name, DateOnly? ShutDownOn);
