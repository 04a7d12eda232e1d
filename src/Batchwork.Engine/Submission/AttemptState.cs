namespace Batchwork.Engine.Submission;

/// <summary>Where a submission attempt is. Written before each step, so that a crash anywhere leaves a state that tells what may have happened.</summary>
public enum AttemptState
{
    /// <summary>Tag and payload are fixed; nothing is sent.</summary>
    Prepared = 0,

    /// <summary>The upload may have happened. Free.</summary>
    Uploading = 1,

    /// <summary>The provider has the requests; no batch yet, surely unpaid.</summary>
    Uploaded = 2,

    /// <summary>The paid call is about to be made, or was. After a crash: look, never guess.</summary>
    Creating = 3,

    /// <summary>The batch exists and its id is stored.</summary>
    Submitted = 4,

    /// <summary>Nobody knows yet whether the provider accepted; it is being looked for.</summary>
    Ambiguous = 5,

    /// <summary>The provider clearly refused, or nothing was sent. Not charged.</summary>
    Rejected = 6,

    /// <summary>A person decided that another attempt takes its place.</summary>
    Superseded = 7,
}
