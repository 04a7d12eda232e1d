namespace Batchwork.Engine.Drafts;

/// <summary>A draft in a list.</summary>
/// <param name="Id">The draft.</param>
/// <param name="Name">Its name.</param>
/// <param name="FileName">The file it came from.</param>
/// <param name="Rows">How many rows that has.</param>
/// <param name="Step">The step the person was at.</param>
/// <param name="UpdatedAt">When it was saved last.</param>
/// <param name="CreatedByName">Who made it.</param>
public sealed record DraftSummary(Guid Id, string Name, string FileName, int Rows, int Step, DateTimeOffset UpdatedAt, string CreatedByName);
