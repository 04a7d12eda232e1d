using Batchwork.Engine.Jobs;

namespace Batchwork.Dashboard.Tests.Jobs;

/// <summary>Jobs as pages get them.</summary>
internal static class JobViews
{
    public static JobView Of(JobLedger ledger, JobState state = JobState.Running, RetryPreview? retry = null) => new()
    {
        Summary = new JobSummary
        {
            Id = Guid.Empty,
            Name = "Spring catalogue",
            Provider = "openai",
            ProviderName = "OpenAI",
            Model = "gpt-image-2",
            IsDemo = false,
            CreatedByName = "Ana",
            CreatedAt = new DateTimeOffset(2026, 11, 22, 13, 10, 0, TimeSpan.Zero),
            EndedAt = state.HasEnded() ? new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.Zero) : null,
            State = state,
            Reason = null,
            Ledger = ledger,
        },
        Defaults = new ImageDefaults { Size = "1024x1024" },
        Estimate = new JobEstimate { Requests = ledger.Requested, Images = ledger.Requested, Parts = 1, Lines = [new PriceLine("1024x1024", ledger.Requested, 26_500, null, null)] },
        Tries = 1,
        CancelRequestedAt = null,
        StartedAt = new DateTimeOffset(2026, 11, 22, 13, 10, 0, TimeSpan.Zero),
        Parts = [],
        Images = (int)ledger.StoredImages,
        ImageBytes = ledger.StoredImages * 1_400_000,
        Retry = retry ?? RetryPreview.Nothing,
        Forecast = JobForecast.NoHistory,
        Unmatched = 0,
        Version = 1,
    };
}
