using Batchwork.Google;
using Batchwork.OpenAI;
using Batchwork.XAI;
using Microsoft.Extensions.Logging;

namespace Batchwork.Adapters;

/// <summary>The adapters of this library. A new provider is a folder and a line here.</summary>
internal static class BuiltInAdapters
{
    /// <summary>How each is made, by provider id.</summary>
    public static readonly IReadOnlyDictionary<string, Func<TransportSource, BatchworkOptions, TimeProvider, IBatchAdapter>> Factories =
        new Dictionary<string, Func<TransportSource, BatchworkOptions, TimeProvider, IBatchAdapter>>(StringComparer.Ordinal)
        {
            [GoogleWire.Provider] = (transports, options, time) => new GoogleAdapter(transports, options, time),
            [OpenAIWire.Provider] = (transports, options, time) => new OpenAIAdapter(transports, options, time),
            [XAIWire.Provider] = (transports, options, time) => new XAIAdapter(transports, options, time),
        };

    /// <summary>Makes one that can check and measure, but makes no calls; <see langword="null"/> when there is none.</summary>
    public static IBatchAdapter? WithoutNetwork(string provider) =>
        Factories.TryGetValue(provider, out var factory)
            ? factory(new TransportSource(() => throw new InvalidOperationException("This adapter makes no calls."), _ => null), new BatchworkOptions(), TimeProvider.System)
            : null;

    /// <summary>Makes all of them.</summary>
    public static Dictionary<string, IBatchAdapter> All(TransportSource transports, BatchworkOptions options, TimeProvider time, ILoggerFactory logging) =>
        Factories.ToDictionary(f => f.Key, f => Make(f.Value, transports, options, time, logging), StringComparer.Ordinal);

    /// <summary>Makes one, with logging around it.</summary>
    public static IBatchAdapter Make(
        Func<TransportSource, BatchworkOptions, TimeProvider, IBatchAdapter> factory,
        TransportSource transports,
        BatchworkOptions options,
        TimeProvider time,
        ILoggerFactory logging) =>
        new LoggingAdapter(factory(transports, options, time), logging.CreateLogger<LoggingAdapter>());
}
