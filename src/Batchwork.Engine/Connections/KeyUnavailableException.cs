namespace Batchwork.Engine.Connections;

/// <summary>A connection's key cannot be used; the message says why and what to do.</summary>
public sealed class KeyUnavailableException(string message) : Exception(message);
