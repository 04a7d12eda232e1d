using Batchwork.Adapters;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Connections;

/// <summary>The library's adapters by provider id.</summary>
public sealed class ProviderAdapters(IServiceProvider services)
{
    /// <summary>An adapter.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <returns>Its adapter.</returns>
    /// <exception cref="InvalidOperationException">There is none: a connection to such a provider cannot be made.</exception>
    public IBatchAdapter Of(string provider) => services.GetRequiredKeyedService<IBatchAdapter>(provider);

    /// <summary>An adapter, if there is one.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <returns>Its adapter, or <see langword="null"/>.</returns>
    public IBatchAdapter? Find(string provider) => services.GetKeyedService<IBatchAdapter>(provider);

    /// <summary>A provider's name for people.</summary>
    /// <param name="provider">The provider's id.</param>
    /// <returns>For example <c>OpenAI</c>.</returns>
    public string NameOf(string provider) => services.GetKeyedService<IBatchAdapter>(provider)?.Capabilities.DisplayName ?? provider;
}
