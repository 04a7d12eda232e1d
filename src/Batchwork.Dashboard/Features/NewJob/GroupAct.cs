using Batchwork.Engine.Drafts;

namespace Batchwork.Dashboard.Features.NewJob;

/// <summary>What a person does with all rows of a problem.</summary>
/// <param name="Kind">What.</param>
/// <param name="Key">The problem.</param>
public sealed record GroupAct(GroupActKind Kind, ProblemKey Key);
