using System.Globalization;
using System.Text.Json.Nodes;
using Batchwork.Json;

namespace Batchwork.XAI;

/// <summary>What is peculiar to xAI, checked after what is the same for every provider.</summary>
internal sealed class XAIRules(ModelCatalog catalog) : IRequestForm
{
    private readonly OptionRules _options = new(catalog, XAIWire.Provider, XAIWire.DisplayName);

    public string Provider => XAIWire.Provider;

    public string DisplayName => XAIWire.DisplayName;

    public void CheckBatch(ImageBatch batch, ProblemList problems)
    {
        if (batch.Metadata is { Count: > 0 })
        {
            problems.Warn("metadata-not-taken", null, "metadata", "xAI has no place for metadata. It is not sent; keep it yourself, or use the tag.");
        }

        if (batch.OutputExpiresAfter is not null)
        {
            problems.Warn("expiry-not-taken", null, "outputExpiresAfter", "xAI keeps results until the batch expires, however long that is. The time is not sent; read the results soon.");
        }

        if (batch.InputExpiresAfter < XAIWire.ShortestExpiry || batch.InputExpiresAfter > XAIWire.LongestExpiry)
        {
            problems.Error("expiry-out-of-range", null, "inputExpiresAfter", string.Create(CultureInfo.InvariantCulture, $"xAI keeps files between 1 hour and 30 days, not {batch.InputExpiresAfter}."));
        }
    }

    public void CheckRequest(EffectiveRequest request, ModelRules? model, ProblemList problems)
    {
        RequestRules.Check(request, model, problems);
        AspectRatioRules.Check(request, request.AspectRatio, "aspectRatio", model, problems);
        if (request.Size.Value is { } size)
        {
            var ratio = model is not null && PixelSize.TryGuess(size, out var pixels) ? AspectRatioRules.Of(pixels, model.AspectRatios) : null;
            var instead = ratio is null ? "an aspect ratio" : $"the aspect ratio {ratio}";
            Report("size-not-taken", "size", request.Size.Origin, $"xAI takes no size. It is not sent; set {instead} and the option 'resolution' instead.");
        }

        if (request.Seed.IsSent)
        {
            Report("seed-not-taken", "seed", request.Seed.Origin, "xAI takes no seed. It is not sent, and the same prompt makes another picture each time.");
        }

        void Report(string code, string field, ValueOrigin origin, string message) =>
            problems.Add(new RequestProblem(ProblemSeverity.Warning, code, request.CustomId, field, message), origin);
    }

    public void CheckOptions(EffectiveRequest request, ModelRules? model, ProblemList problems)
    {
        XAIOptions.Table.CheckDropped(request, problems);
        foreach (var option in XAIOptions.Table.Resolve(request.Options))
        {
            if (option.Name == XAIOptions.AspectRatio)
            {
                CheckRatio(request, option, model, problems);
            }
            else
            {
                _options.Check(request, option.Name, option.Value, model, problems);
            }
        }
    }

    public IRequestWriter Writer(string model) => new XAIRequestLines(model);

    // The option that stands for the request's own field.
    private static void CheckRatio(EffectiveRequest request, WireOption option, ModelRules? model, ProblemList problems)
    {
        var field = $"providerOptions.{XAIWire.Provider}.{option.Name}";
        if (option.Value.Value is not JsonValue value || !JsonTexts.TryRead(value, out var text))
        {
            Report(ProblemSeverity.Error, "option-value-type", $"'{option.Name}' must be a text, for example 16:9.");
        }
        else if (XAIOptions.FieldWins(request, option))
        {
            Report(ProblemSeverity.Warning, "option-given-twice", "The option 'aspectRatio' and the field of that name are the same. The field is sent.");
        }
        else
        {
            AspectRatioRules.Check(request, new EffectiveValue<string>(text, option.Value.Origin), field, model, problems);
        }

        void Report(ProblemSeverity severity, string code, string message) =>
            problems.Add(new RequestProblem(severity, code, request.CustomId, field, message), option.Value.Origin);
    }
}
