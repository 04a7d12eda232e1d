using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts;

/// <summary>A draft as its page shows it, without the rows.</summary>
public sealed record DraftView
{
    public required Guid Id { get; init; }

    public required int Revision { get; init; }

    public required int Step { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required string CreatedByName { get; init; }

    public required DraftSettings Settings { get; init; }

    /// <summary>The sheet: file, columns, notices.</summary>
    public required Sheet Sheet { get; init; }

    /// <summary>An earlier use of the same file, if there was one.</summary>
    public EarlierUse? Earlier { get; init; }

    /// <summary>The connections to choose from.</summary>
    public required IReadOnlyList<ConnectionChoice> Connections { get; init; }

    /// <summary>The chosen connection; <see langword="null"/> when there is none, or it was removed.</summary>
    public ConnectionChoice? Connection { get; init; }

    /// <summary>The models to choose from.</summary>
    public required IReadOnlyList<ModelRules> Models { get; init; }

    /// <summary>The rules of the chosen model; <see langword="null"/> when they are not known.</summary>
    public ModelRules? Rules { get; init; }

    /// <summary>The last check; <see langword="null"/> while a newer one is under way.</summary>
    public DraftCheck? Check { get; init; }

    /// <summary>The change of many rows that can be taken back, in words.</summary>
    public string? Undo { get; init; }

    /// <summary>The job it became.</summary>
    public Guid? JobId { get; init; }
}
