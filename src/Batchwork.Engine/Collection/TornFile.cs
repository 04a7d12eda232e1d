using System.Globalization;
using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Collection;

/// <summary>
/// Tells when fewer lines came than the provider says it has written. A file whose end was lost on the way, if nothing told its length, looks like a whole one.
/// </summary>
internal static class TornFile
{
    /// <summary>What is missing, for people; <see langword="null"/> when nothing is, or nothing tells: it needs files, and one request a row.</summary>
    public static string? Describe(JobPart part)
    {
        var lines = part.Checkpoints.Sum(c => c.Position.Line);
        return part is { ProviderStatus: BatchStatus.Completed } and not { OutputFileId: null, ErrorFileId: null }
            && part.ProviderTotal == part.RequestCount && part.ProviderCompleted + part.ProviderFailed == part.RequestCount
            && lines < part.RequestCount
                ? string.Create(CultureInfo.InvariantCulture, $"The result file is incomplete: {lines:N0} of {part.ProviderTotal:N0} lines.")
                : null;
    }
}
