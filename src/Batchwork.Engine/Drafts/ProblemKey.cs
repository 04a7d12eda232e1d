using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts;

/// <summary>What rows of one problem group have in common.</summary>
/// <param name="Code">The kind of problem.</param>
/// <param name="Field">The field it is about.</param>
/// <param name="Value">The value that is wrong.</param>
public readonly record struct ProblemKey(string Code, string? Field, string? Value)
{
    /// <summary>The group of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>Its key.</returns>
    public static ProblemKey Of(RowProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new ProblemKey(problem.Code, problem.Field, problem.Value);
    }
}
