using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Batchwork.Adapters;

/// <summary>What the library shows to OpenTelemetry: activities and counters under the name <c>Batchwork</c>.</summary>
internal static class BatchworkTelemetry
{
    private const string Name = "Batchwork";

    private static readonly ActivitySource s_activities = new(Name);
    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_batches = s_meter.CreateCounter<long>("batchwork.batches", "{batch}", "Batches created.");
    private static readonly Counter<long> s_requests = s_meter.CreateCounter<long>("batchwork.requests", "{request}", "Requests in the batches created.");
    private static readonly Counter<long> s_results = s_meter.CreateCounter<long>("batchwork.results", "{result}", "Results read, by outcome.");
    private static readonly Counter<long> s_imageBytes = s_meter.CreateCounter<long>("batchwork.image.bytes", "By", "Bytes of the pictures read.");
    private static readonly Counter<long> s_failures = s_meter.CreateCounter<long>("batchwork.failures", "{failure}", "Calls that failed, by class of failure.");

    public static Activity? Start(string provider, string call)
    {
        var activity = s_activities.StartActivity($"batchwork {call}", ActivityKind.Client);
        activity?.SetTag("batchwork.provider", provider);
        return activity;
    }

    public static void Created(string provider, int requests)
    {
        var tag = Tag("batchwork.provider", provider);
        s_batches.Add(1, tag);
        s_requests.Add(requests, tag);
    }

    public static void Read(string provider, BatchResult result)
    {
        s_results.Add(1, Tag("batchwork.provider", provider), Tag("batchwork.outcome", result.Outcome.ToString()));
        if (s_imageBytes.Enabled)
        {
            s_imageBytes.Add(result.Images.Sum(image => image.Content?.Length ?? 0), Tag("batchwork.provider", provider));
        }
    }

    public static void Failed(string provider, string call, ProviderFailure failure) =>
        s_failures.Add(1, Tag("batchwork.provider", provider), Tag("batchwork.call", call), Tag("error.type", failure.ToString()));

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
