using Microsoft.AspNetCore.Http.Features;

namespace Batchwork.Emulator.Serving;

/// <summary>Lets a call carry more than the server's usual bound; the emulator's own limits, which can be set, take its place.</summary>
internal static class LargeBody
{
    public static void Allow(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }
}
