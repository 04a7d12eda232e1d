namespace Batchwork.Engine.Connections;

/// <summary>What is wrong with one field of a connection's form.</summary>
/// <param name="Field">The name of the property of <see cref="ConnectionEdit"/>.</param>
/// <param name="Message">What is wrong and what to do, for people.</param>
public sealed record ConnectionFault(string Field, string Message);
