namespace Batchwork.Engine.Polling;

/// <summary>Someone else works on the part now; this worker must stop without writing anything.</summary>
public sealed class LeaseLostException(Guid partId)
    : Exception($"The lease of part {partId} was lost.");
