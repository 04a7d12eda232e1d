namespace Batchwork.Engine.Jobs;

/// <summary>What the ledger of a job is measured against.</summary>
/// <param name="JobId">The job.</param>
/// <param name="RequestedRows">Rows that were requested.</param>
/// <param name="RequestedImages">Pictures that were requested.</param>
internal sealed record LedgerSubject(Guid JobId, int RequestedRows, long RequestedImages);
