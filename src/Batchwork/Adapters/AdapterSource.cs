namespace Batchwork.Adapters;

/// <summary>Finds the adapter of a provider.</summary>
/// <param name="find">Finds an adapter by provider id; <see langword="null"/> when there is none.</param>
internal sealed class AdapterSource(Func<string, IBatchAdapter?> find)
{
    /// <summary>The adapter of a provider.</summary>
    /// <exception cref="UnknownProviderException">There is no such provider.</exception>
    /// <exception cref="UnsupportedProviderException">It has no batches of images.</exception>
    public IBatchAdapter Get(string provider) => find(provider) ?? throw ProviderNames.WhyNot(provider);

    /// <summary>The adapter for a model.</summary>
    /// <exception cref="UnsupportedModelException">The provider makes no batches of this model's pictures.</exception>
    public IBatchAdapter For(ModelId model)
    {
        // Here, not in an adapter: it must be said with or without one.
        if (model.Provider == "google" && model.Model.StartsWith("imagen-", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnsupportedModelException(model, $"Google's Imagen models ({model.Model}) have no batch API. Use a Gemini image model.");
        }

        return Get(model.Provider);
    }
}
