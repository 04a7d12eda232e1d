namespace Batchwork.Engine.Drafts;

/// <summary>The settings of a draft as a person sees them: values for rows that do not bring their own. <see langword="null"/> is not set.</summary>
public sealed record DraftSettings
{
    /// <summary>The name of the job to be.</summary>
    public required string Name { get; init; }

    public Guid? ConnectionId { get; init; }

    /// <summary>The provider's name of the model.</summary>
    public string? Model { get; init; }

    /// <summary>Images per prompt.</summary>
    public int? N { get; init; }

    public string? Size { get; init; }

    public string? AspectRatio { get; init; }

    public long? Seed { get; init; }

    /// <summary>Provider options by name, as text: <c>quality</c>, <c>outputFormat</c>, <c>background</c>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>An option's text.</summary>
    /// <param name="name">The option.</param>
    /// <returns>The text, or <see langword="null"/>.</returns>
    public string? Option(string name) => Options.GetValueOrDefault(name);

    /// <summary>The settings with one option changed.</summary>
    /// <param name="name">The option.</param>
    /// <param name="text">Its text; blank for not set.</param>
    /// <returns>The changed settings.</returns>
    public DraftSettings WithOption(string name, string? text)
    {
        var options = new Dictionary<string, string>(Options, StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(text))
        {
            options.Remove(name);
        }
        else
        {
            options[name] = text;
        }

        return this with { Options = options };
    }
}
