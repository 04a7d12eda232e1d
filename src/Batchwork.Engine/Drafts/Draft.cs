namespace Batchwork.Engine.Drafts;

/// <summary>A job that is being prepared. Every step is saved at once, so nothing is lost with a tab, a circuit or a restart.</summary>
public sealed class Draft
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    public required string CreatedBy { get; init; }

    public required string CreatedByName { get; init; }

    public required string Name { get; set; }

    public required Guid SheetId { get; init; }

    public Guid? ConnectionId { get; set; }

    /// <summary>The provider's name of the model.</summary>
    public string? Model { get; set; }

    /// <summary>Values for rows that do not bring their own.</summary>
    public required ImageDefaults Defaults { get; set; }

    /// <summary>The step the person was at: 2 settings and check, 3 review.</summary>
    public int Step { get; set; } = 2;

    /// <summary>The last check of all rows under the current settings.</summary>
    public DraftCheck? Check { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Counts changes, so that two tabs do not overwrite each other unseen.</summary>
    public int Revision { get; set; }

    /// <summary>How to take the last change of many rows back.</summary>
    public DraftUndo? Undo { get; set; }

    /// <summary>The job it became. One draft becomes one job, whatever is clicked twice.</summary>
    public Guid? JobId { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }
}
