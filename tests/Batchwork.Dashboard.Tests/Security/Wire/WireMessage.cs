namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>Something the server said.</summary>
/// <param name="Method">What it calls in the browser; none for an answer.</param>
/// <param name="Answers">Which call it answers; none for a call.</param>
/// <param name="Arguments">What it is called with; of an answer its kind (1 failed, 2 nothing, 3 a value) and the value.</param>
internal sealed record WireMessage(string? Method, string? Answers, IReadOnlyList<object?> Arguments);
