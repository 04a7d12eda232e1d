namespace Batchwork.Engine.Submission;

/// <summary>The unique name under which an attempt can be found again at the provider: <c>bw1-&lt;instance&gt;-&lt;ULID&gt;</c>, lower case, 39 characters (Gemini's file ids hold 40).</summary>
internal static class AttemptTag
{
    public static string New(string instanceId, DateTimeOffset now) => $"bw1-{instanceId}-{Ulid.NewUlid(now)}".ToLowerInvariant();
}
