namespace Batchwork.Engine.Workspaces;

/// <summary>What came of a change of a member.</summary>
public enum MemberOutcome
{
    Done = 1,

    /// <summary>There is no such member.</summary>
    NotFound = 2,

    /// <summary>A workspace has at least one Owner: somebody else must become one first.</summary>
    LastOwner = 3,

    /// <summary>Nobody raises themself.</summary>
    OwnRole = 4,
}
