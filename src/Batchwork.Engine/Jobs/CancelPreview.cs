namespace Batchwork.Engine.Jobs;

/// <summary>What a cancellation leaves and what is charged, told before it is done.</summary>
/// <param name="Stored">Rows whose pictures are on our disk. They stay.</param>
/// <param name="DoneAtProvider">Rows that are done at the provider and not stored yet. They are charged, and still stored.</param>
/// <param name="AtProvider">Rows at the provider that may still be worked on until it stops. Those that get done are charged, and stored.</param>
/// <param name="NotSent">Rows that were not sent. They never are, and cost nothing.</param>
public sealed record CancelPreview(int Stored, int DoneAtProvider, int AtProvider, int NotSent)
{
    /// <summary>Reads it from a ledger.</summary>
    /// <param name="ledger">The job's ledger.</param>
    /// <returns>The preview.</returns>
    public static CancelPreview Of(JobLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return new CancelPreview(ledger.Stored + ledger.Partial, ledger.DoneAtProvider, ledger.Sent - ledger.DoneAtProvider, ledger.Waiting - ledger.Sent);
    }
}
