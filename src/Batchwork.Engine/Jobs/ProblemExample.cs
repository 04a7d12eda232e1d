namespace Batchwork.Engine.Jobs;

/// <summary>One of the rows of a <see cref="ProblemCause"/>.</summary>
/// <param name="Number">The row's number as the person's own program shows it.</param>
/// <param name="CustomId">Its id.</param>
/// <param name="Prompt">Its prompt, cut at 200 characters.</param>
public sealed record ProblemExample(int Number, string CustomId, string Prompt);
