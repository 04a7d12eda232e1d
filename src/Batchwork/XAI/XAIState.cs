using System.Globalization;
using System.Text.Json;
using Batchwork.Json;

namespace Batchwork.XAI;

/// <summary>The counters of a batch: <c>{"num_requests":3,"num_pending":1,"num_success":2,"num_error":0,"num_cancelled":0}</c>.</summary>
/// <param name="Total">Requests in it; 0 until xAI has read the file, <see langword="null"/> when it does not say.</param>
/// <param name="Pending">Of these, not done.</param>
/// <param name="Succeeded">Of these, done well.</param>
/// <param name="Failed">Of these, done badly.</param>
/// <param name="Cancelled">Of these, cancelled.</param>
internal sealed record XAIState(int? Total, int Pending, int Succeeded, int Failed, int Cancelled)
{
    public static XAIState Of(JsonElement state) =>
        new(Count(state, "num_requests"), Count(state, "num_pending") ?? 0, Count(state, "num_success") ?? 0, Count(state, "num_error") ?? 0, Count(state, "num_cancelled") ?? 0);

    // Also as a text: gRPC's JSON writes 64-bit numbers so.
    private static int? Count(JsonElement state, string name)
    {
        var count = state.Property(name);
        long? number = count.Whole() ?? (long.TryParse(count.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? written : null);
        return number is { } known ? (int)Math.Clamp(known, 0, int.MaxValue) : null;
    }
}
