namespace Batchwork.Engine.Verification;

/// <summary>A broken promise.</summary>
/// <param name="Invariant">Which one, for example <c>I5</c>; see docs/testing.md.</param>
/// <param name="Message">What is wrong where.</param>
public sealed record IntegrityFault(string Invariant, string Message);
