namespace Batchwork.Engine.Jobs;

/// <summary>All that the head of a job's page shows.</summary>
public sealed record JobView
{
    public required JobSummary Summary { get; init; }

    public required ImageDefaults Defaults { get; init; }

    public required JobEstimate Estimate { get; init; }

    /// <summary>Which try of its rows is the latest.</summary>
    public required int Tries { get; init; }

    public required DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>When the latest try began: the time from which a person counts.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The parts of all tries, in order.</summary>
    public required IReadOnlyList<PartSummary> Parts { get; init; }

    /// <summary>Pictures that can be downloaded.</summary>
    public required int Images { get; init; }

    /// <summary>Bytes of these pictures.</summary>
    public required long ImageBytes { get; init; }

    public required RetryPreview Retry { get; init; }

    public required JobForecast Forecast { get; init; }

    /// <summary>How long its oldest part has been at the provider; <see langword="null"/> when none has been there for long.</summary>
    public JobWait? Wait { get; init; }

    /// <summary>Results that belong to no row, kept and shown under Problems.</summary>
    public required int Unmatched { get; init; }

    public required long Version { get; init; }
}
