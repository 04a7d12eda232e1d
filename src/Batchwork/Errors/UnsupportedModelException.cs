namespace Batchwork;

/// <summary>The provider has a batch API for images, but not for this model, for example Google's Imagen models. No network call was made.</summary>
public sealed class UnsupportedModelException : UnsupportedProviderException
{
    /// <summary>Makes one.</summary>
    /// <param name="model">The model.</param>
    /// <param name="message">Why not, and what instead.</param>
    public UnsupportedModelException(ModelId model, string message)
        : base(model.Provider, message)
    {
        Model = model;
    }

    /// <summary>The model.</summary>
    public ModelId Model { get; }
}
