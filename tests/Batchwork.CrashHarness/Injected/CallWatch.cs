using Microsoft.Extensions.Http;

namespace Batchwork.CrashHarness.Injected;

/// <summary>Puts a watcher in front of each of the library's clients.</summary>
internal sealed class CallWatch(CrashTrigger trigger) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (builder.Name?.StartsWith("Batchwork.", StringComparison.Ordinal) == true)
        {
            builder.AdditionalHandlers.Insert(0, new WatchedCalls(trigger, builder.Name));
        }
    };
}
