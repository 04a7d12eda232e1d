namespace Batchwork.Engine.Drafts;

/// <summary>What came of a change to a draft.</summary>
public enum DraftOutcome
{
    /// <summary>It is saved.</summary>
    Saved,

    /// <summary>Someone else, or another tab, changed the draft meanwhile: read it again, nothing was saved.</summary>
    Conflict,

    /// <summary>There is no such draft, row or group here.</summary>
    NotFound,

    /// <summary>The draft has become a job and cannot be changed any more.</summary>
    AlreadyRun,
}
