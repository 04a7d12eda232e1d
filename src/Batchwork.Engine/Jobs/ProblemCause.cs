namespace Batchwork.Engine.Jobs;

/// <summary>Rows that ended badly for the same reason.</summary>
public sealed record ProblemCause
{
    public required RowState State { get; init; }

    public required ResultOutcome? Outcome { get; init; }

    /// <summary>The provider's code.</summary>
    public required string? Code { get; init; }

    /// <summary>What the first of the rows was told, in the provider's words.</summary>
    public required string? Message { get; init; }

    public required int Rows { get; init; }

    /// <summary>The first rows of the group, at most 3.</summary>
    public required IReadOnlyList<ProblemExample> Examples { get; init; }

    public required DateTimeOffset? First { get; init; }

    public required DateTimeOffset? Last { get; init; }

    /// <summary>Whether "Retry failed rows" sends these rows again.</summary>
    public required bool CanRetry { get; init; }

    /// <summary>What helps. "Run again" works for these rows alone too, see <see cref="RetryScope.Of(ProblemCause)"/>.</summary>
    public ProblemAction Action => CanRetry ? ProblemAction.RunAgain : State == RowState.Partial ? ProblemAction.Keep : ProblemAction.ChangeRows;
}
