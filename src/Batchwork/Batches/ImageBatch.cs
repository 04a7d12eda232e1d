using Batchwork.Adapters;

namespace Batchwork;

/// <summary>What is submitted: a model, requests, and what they have in common.</summary>
public sealed record ImageBatch
{
    /// <summary>The model, written <c>provider/model</c>, for example <c>openai/gpt-image-2</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The requests, at least one.</summary>
    public required IReadOnlyList<ImageRequest> Requests { get; init; }

    /// <summary>Values for requests that do not bring their own.</summary>
    public ImageDefaults? Defaults { get; init; }

    /// <summary>Notes kept with the batch at the provider. OpenAI: at most 16 pairs, keys to 64 and values to 512 characters. Other providers have no place for them.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Bounds this batch must keep. Default: <see cref="BatchLimits.Default"/>.</summary>
    public BatchLimits Limits { get; init; } = BatchLimits.Default;

    /// <summary>A unique name under which the batch can be found again at the provider after a crash, at most 40 characters of <c>a-z 0-9 -</c>. Without one the file is called <c>batchwork.jsonl</c>.</summary>
    public string? Tag { get; init; }

    /// <summary>How long the provider keeps the results, counted from when it has made them (OpenAI: 1 hour to 30 days). Not sent when not set.</summary>
    public TimeSpan? OutputExpiresAfter { get; init; }

    /// <summary>How long the provider keeps the uploaded requests (OpenAI: 1 hour to 30 days, 30 days by itself). Not sent when not set.</summary>
    public TimeSpan? InputExpiresAfter { get; init; }

    /// <summary>Key, base URL and headers for this batch; by default those of the client's options or of the environment.</summary>
    public BatchCredentials? Credentials { get; init; }

    /// <summary>
    /// Plans batches of these requests that each keep within the provider's bounds and <see cref="Limits"/>: requests, bytes of the upload, and expected bytes of
    /// results. Order and ids stay as they are; automatic ids count over all of them. Each batch gets its own tag, <c>&lt;tag&gt;-1</c>, <c>&lt;tag&gt;-2</c>, …
    /// </summary>
    /// <returns>The batches; this one alone when it fits.</returns>
    /// <exception cref="BatchValidationException">The model cannot be read, or the tag is too long to be numbered.</exception>
    /// <exception cref="UnknownProviderException">There is no such provider.</exception>
    /// <exception cref="UnsupportedProviderException">The provider or the model has no batches of images.</exception>
    public IReadOnlyList<ImageBatch> Split()
    {
        var model = ModelId.Parse(Model);
        var adapter = new AdapterSource(BuiltInAdapters.WithoutNetwork).For(model);
        return BatchSplitter.Split(this, adapter.Capabilities, (IRequestMeasure)adapter);
    }
}
