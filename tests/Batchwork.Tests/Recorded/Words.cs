namespace Batchwork.Tests.Recorded;

/// <summary>The recordings' words for a status.</summary>
internal static class Words
{
    public static string Of(BatchStatus status) => status switch
    {
        BatchStatus.InProgress => "in_progress",
        _ => status.ToString().ToLowerInvariant(),
    };
}
