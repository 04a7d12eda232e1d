namespace Batchwork.Dashboard.Features.NewJob;

/// <summary>What can be done with all rows of a problem.</summary>
public enum GroupActKind
{
    /// <summary>Use the suggestion.</summary>
    Use,

    /// <summary>Give each row an id of its own.</summary>
    MakeUnique,

    /// <summary>Leave the rows out.</summary>
    Skip,
}
