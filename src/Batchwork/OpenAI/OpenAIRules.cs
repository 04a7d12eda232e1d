using System.Globalization;
using System.Text.Json;

namespace Batchwork.OpenAI;

/// <summary>What is peculiar to OpenAI, checked after what is the same for every provider.</summary>
internal sealed class OpenAIRules(ModelCatalog catalog) : IRequestForm
{
    private readonly OptionRules _options = new(catalog, OpenAIWire.Provider, OpenAIWire.DisplayName);

    public string Provider => OpenAIWire.Provider;

    public string DisplayName => OpenAIWire.DisplayName;

    public void CheckRequest(EffectiveRequest request, ModelRules? model, ProblemList problems)
    {
        RequestRules.Check(request, model, problems);
        CheckFields(request, problems);
    }

    public void CheckOptions(EffectiveRequest request, ModelRules? model, ProblemList problems)
    {
        var options = OpenAIOptions.Table.Resolve(request.Options);
        OpenAIOptions.Table.CheckDropped(request, problems);
        foreach (var option in options)
        {
            _options.Check(request, option.Name, option.Value, model, problems);
        }

        CheckTogether(request, options, problems);
    }

    public void CheckBatch(ImageBatch batch, ProblemList problems)
    {
        CheckMetadata(batch, problems);
        CheckExpiry(batch.OutputExpiresAfter, "outputExpiresAfter", problems);
        CheckExpiry(batch.InputExpiresAfter, "inputExpiresAfter", problems);
    }

    public IRequestWriter Writer(string model) => new OpenAIRequestLines(model);

    private static void CheckFields(EffectiveRequest request, ProblemList problems)
    {
        if (request.AspectRatio.IsSent)
        {
            Report("aspect-ratio-not-taken", "aspectRatio", request.AspectRatio.Origin, "OpenAI takes a size instead of an aspect ratio. The aspect ratio is not sent.");
        }

        if (request.Seed.IsSent)
        {
            Report("seed-not-taken", "seed", request.Seed.Origin, "OpenAI takes no seed. It is not sent, and the same prompt makes another picture each time.");
        }

        void Report(string code, string field, ValueOrigin origin, string message) =>
            problems.Add(new RequestProblem(ProblemSeverity.Warning, code, request.CustomId, field, message), origin);
    }

    private static void CheckTogether(EffectiveRequest request, IReadOnlyList<WireOption> options, ProblemList problems)
    {
        if (options.Count == 0)
        {
            return;
        }

        var format = TextOf(options, "outputFormat");
        if (TextOf(options, "background") == "transparent" && format is "jpeg")
        {
            Report("background", "A transparent background needs the format png or webp, not jpeg. It is sent as it is.", "opaque");
        }

        // A compression of 100 is none, and png is what comes when no format is set.
        if ((format is null or "png") && options.FirstOrDefault(o => o.Name == "outputCompression")?.Value.Value is { } compression && compression.ToJsonString() != "100")
        {
            Report("outputCompression", "Only jpeg and webp can be compressed, not png. It is sent as it is.", null);
        }

        void Report(string name, string message, string? suggestion)
        {
            var origin = options.First(o => o.Name == name).Value.Origin;
            problems.Add(new RequestProblem(ProblemSeverity.Warning, "option-conflict", request.CustomId, $"providerOptions.{OpenAIWire.Provider}.{name}", message, suggestion), origin);
        }
    }

    private static string? TextOf(IReadOnlyList<WireOption> options, string name)
    {
        var value = options.FirstOrDefault(o => o.Name == name)?.Value.Value;
        return value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
    }

    private static void CheckMetadata(ImageBatch batch, ProblemList problems)
    {
        if (batch.Metadata is not { } metadata)
        {
            return;
        }

        var most = OpenAIWire.MaxMetadataPairs - (batch.Tag is null ? 0 : 1);
        if (metadata.Count > most)
        {
            var own = batch.Tag is null ? "" : " beside the tag";
            problems.Error("metadata-too-many", null, "metadata", string.Create(CultureInfo.InvariantCulture, $"OpenAI keeps at most {most} pairs of metadata{own}, not {metadata.Count}."));
        }

        foreach (var (key, value) in metadata)
        {
            if (key.Length is 0 or > OpenAIWire.MaxMetadataKey || value.Length > OpenAIWire.MaxMetadataValue)
            {
                problems.Error(
                    "metadata-too-long",
                    null,
                    $"metadata.{key}",
                    string.Create(CultureInfo.InvariantCulture, $"OpenAI takes metadata with names of 1 to {OpenAIWire.MaxMetadataKey} and values of at most {OpenAIWire.MaxMetadataValue} characters."));
            }
            else if (UnicodeText.FirstFault(key) is not null || UnicodeText.FirstFault(value) is not null)
            {
                problems.Error("text-not-unicode", null, $"metadata.{key}", "This pair of metadata holds half of a character. Retype it.");
            }
        }

        if (batch.Tag is not null && metadata.ContainsKey(OpenAIWire.TagKey))
        {
            problems.Error("metadata-reserved", null, $"metadata.{OpenAIWire.TagKey}", $"The metadata '{OpenAIWire.TagKey}' carries the batch's tag. Use another name.");
        }
    }

    private static void CheckExpiry(TimeSpan? expiry, string field, ProblemList problems)
    {
        if (expiry < OpenAIWire.ShortestExpiry || expiry > OpenAIWire.LongestExpiry)
        {
            problems.Error("expiry-out-of-range", null, field, string.Create(CultureInfo.InvariantCulture, $"OpenAI keeps files between 1 hour and 30 days, not {expiry}."));
        }
    }
}
