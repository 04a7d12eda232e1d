namespace Batchwork;

/// <summary>A model, written <c>provider/model</c>, for example <c>openai/gpt-image-2</c>.</summary>
/// <param name="Provider">The provider's id: <c>openai</c>, <c>google</c> or <c>xai</c>.</param>
/// <param name="Model">The provider's own name of the model.</param>
public readonly record struct ModelId(string Provider, string Model)
{
    /// <summary>Reads <c>provider/model</c>. Only the first slash separates; the rest belongs to the model's name.</summary>
    /// <param name="text">The text to read.</param>
    /// <returns>The two parts.</returns>
    /// <exception cref="BatchValidationException">The text has no slash, or nothing on one side of it.</exception>
    public static ModelId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1
            ? new ModelId(text[..slash], text[(slash + 1)..])
            : throw new BatchValidationException($"'{text}' is not a model. Write it as provider/model, for example openai/gpt-image-2.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Provider}/{Model}";
}
