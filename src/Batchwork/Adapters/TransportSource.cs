using Batchwork.Http;

namespace Batchwork.Adapters;

/// <summary>Finds the HTTP clients that credentials ask for.</summary>
/// <param name="network">The clients of the network.</param>
/// <param name="named">Finds clients by name; <see langword="null"/> when there are none of that name.</param>
internal sealed class TransportSource(Func<IBatchTransport> network, Func<string, IBatchTransport?> named)
{
    /// <summary>The clients of a name, or those of the network.</summary>
    public IBatchTransport Get(string? name) =>
        name is null
            ? network()
            : named(name) ?? throw new InvalidOperationException($"No {nameof(IBatchTransport)} is registered under the key '{name}'.");
}
