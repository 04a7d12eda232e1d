namespace Batchwork.Engine.Workspaces;

/// <summary>What came of inviting people: links for those that are invited, a sentence for each address that is not one.</summary>
/// <param name="Links">The links.</param>
/// <param name="Faults">What is wrong; when there is anything, nobody was invited.</param>
public sealed record InvitationsMade(IReadOnlyList<InvitationLink> Links, IReadOnlyList<string> Faults);
