namespace Batchwork.Engine.Jobs;

/// <summary>How many rows of a job are in which state. Every requested row is in exactly one of eight, so they add up or something is wrong.</summary>
public sealed record JobLedger
{
    /// <summary>Rows that were requested, fixed when the job was made.</summary>
    public required int Requested { get; init; }

    public int Waiting { get; init; }

    /// <summary>Waiting rows whose batch exists at the provider.</summary>
    public int Sent { get; init; }

    /// <summary>Sent rows of which the provider says that it is done with them; they are not stored here yet.</summary>
    public int DoneAtProvider { get; init; }

    public int Stored { get; init; }

    public int Partial { get; init; }

    public int Refused { get; init; }

    public int Failed { get; init; }

    public int Expired { get; init; }

    public int Cancelled { get; init; }

    public int Missing { get; init; }

    /// <summary>Rows a person left out before sending. Not requested, so not in the sum.</summary>
    public int Skipped { get; init; }

    public long RequestedImages { get; init; }

    public long StoredImages { get; init; }

    /// <summary>The sum of the eight states.</summary>
    public int Accounted => Waiting + Stored + Partial + Refused + Failed + Expired + Cancelled + Missing;

    /// <summary>Whether every requested row is accounted for.</summary>
    public bool Adds => Accounted == Requested;

    /// <summary>Rows that ended without all their pictures for another reason than that a person cancelled them.</summary>
    public int Problems => Partial + Refused + Failed + Expired + Missing;

    /// <summary>Rows with an answer, whole percent, rounded down: 100 means that none waits.</summary>
    public int Percent => Requested == 0 ? 100 : (int)((Requested - Waiting) * 100L / Requested);

    /// <summary>The rows in a state.</summary>
    /// <param name="state">The state.</param>
    /// <returns>How many.</returns>
    public int Of(RowState state) => state switch
    {
        RowState.Waiting => Waiting,
        RowState.Stored => Stored,
        RowState.Partial => Partial,
        RowState.Refused => Refused,
        RowState.Failed => Failed,
        RowState.Expired => Expired,
        RowState.Cancelled => Cancelled,
        RowState.Missing => Missing,
        RowState.Skipped => Skipped,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
