namespace Batchwork.Http;

/// <summary>Notes on a request for the handlers below it.</summary>
internal static class CallOptions
{
    /// <summary>The answer is read as a stream: do not keep it in memory.</summary>
    public static readonly HttpRequestOptionsKey<bool> Streamed = new("Batchwork.Streamed");
}
