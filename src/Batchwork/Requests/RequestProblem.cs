namespace Batchwork;

/// <summary>How bad a <see cref="RequestProblem"/> is.</summary>
public enum ProblemSeverity
{
    /// <summary>The request is sent as it is; the value may be ignored, changed or refused by the provider.</summary>
    Warning,

    /// <summary>The request cannot be sent.</summary>
    Error,
}

/// <summary>Something about a batch that its author should know before it is sent.</summary>
/// <param name="Severity">Whether it can be sent all the same.</param>
/// <param name="Code">A stable name of the kind of problem, for example <c>size-not-offered</c>.</param>
/// <param name="CustomId">The request it is about; <see langword="null"/> for the whole batch.</param>
/// <param name="Field">The field it is about, as the author knows it: <c>size</c>, <c>n</c>, <c>providerOptions.openai.quality</c>.</param>
/// <param name="Message">What is wrong and what to do, in one or two sentences.</param>
/// <param name="Suggestion">A value that would be accepted, if one is obvious.</param>
public sealed record RequestProblem(
    ProblemSeverity Severity,
    string Code,
    string? CustomId,
    string? Field,
    string Message,
    string? Suggestion = null);
