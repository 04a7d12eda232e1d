using Microsoft.AspNetCore.Http.Features;

namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>Puts something between an operation and the wire.</summary>
internal static class Answer
{
    /// <summary>Goes on with the call, its body going through <paramref name="body"/>.</summary>
    public static async Task ThroughAsync(FaultyCall call, Stream body)
    {
        var features = call.Context.Features;
        var wire = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body, wire));
        try
        {
            await call.NextAsync();
        }
        finally
        {
            features.Set(wire);
        }
    }

    /// <summary>Goes on with the call and forgets its answer.</summary>
    public static async Task DiscardAsync(FaultyCall call)
    {
        await ThroughAsync(call, Stream.Null);
        call.Context.Response.Clear();
    }
}
