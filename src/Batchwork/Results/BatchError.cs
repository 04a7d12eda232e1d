namespace Batchwork;

/// <summary>What went wrong, in the provider's words.</summary>
/// <param name="Code">The provider's code, for example <c>moderation_blocked</c>.</param>
/// <param name="Message">The provider's message, at most 2,000 characters.</param>
/// <param name="Type">The provider's type of error, for example <c>invalid_request_error</c>.</param>
/// <param name="Line">The line of the uploaded file it is about, from 1.</param>
/// <param name="Param">The parameter it is about, for example <c>body.size</c>.</param>
public sealed record BatchError(string? Code, string Message, string? Type = null, int? Line = null, string? Param = null);
