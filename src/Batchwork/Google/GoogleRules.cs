using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Batchwork.Google;

/// <summary>Checks what is peculiar to Google, after what is the same for every provider.</summary>
internal sealed class GoogleRules(ModelCatalog catalog)
{
    private readonly OptionRules _options = new(catalog, GoogleWire.Provider, GoogleWire.DisplayName);

    /// <summary>Checks everything of a request but its options.</summary>
    public static void CheckRequest(EffectiveRequest request, ModelRules? model, ProblemList problems)
    {
        RequestRules.Check(request, model, problems);
        CheckSeed(request, problems);
        if (request.N.Value > GoogleWire.MostPictures)
        {
            problems.Add(
                new RequestProblem(ProblemSeverity.Error, "n-too-large", request.CustomId, "n", string.Create(CultureInfo.InvariantCulture, $"n is {request.N.Value}, and each picture is a request of its own at Google. Use at most {GoogleWire.MostPictures}.")),
                request.N.Origin);
        }
    }

    /// <summary>Checks a request's options.</summary>
    public void CheckOptions(EffectiveRequest request, ModelRules? model, GoogleOptions options, ProblemList problems)
    {
        options.CheckDropped(request, problems);
        foreach (var option in options.Sent)
        {
            if (option.Name is GoogleShape.RatioOption or GoogleShape.SizeOption)
            {
                CheckText(request, option, problems);
                continue;
            }

            _options.Check(request, option.Name, option.Value, model, problems);
            if (option.Name == "responseModalities" && !MakesImages(option.Value.Value!))
            {
                Warn(problems, request, "option-reserved", $"providerOptions.{GoogleWire.Provider}.{option.WrittenAs}", option.Value.Origin, "Without IMAGE there would be no picture. IMAGE is sent instead.");
            }
            else if (option.Name == "safetySettings")
            {
                CheckSafety(request, option.Value, model, problems);
            }
        }
    }

    /// <summary>Checks what goes into the create call beside the requests.</summary>
    public static void CheckBatch(ImageBatch batch, ProblemList problems)
    {
        if (batch.Metadata is { Count: > 0 })
        {
            problems.Warn("metadata-not-taken", null, "metadata", "Google has no place for metadata. It is not sent; keep it yourself, with the batch's id or tag.");
        }

        if (batch.OutputExpiresAfter is not null)
        {
            problems.Warn("expiry-not-taken", null, "outputExpiresAfter", "Google keeps results as long as it likes. Read them soon after the batch has ended.");
        }

        if (batch.InputExpiresAfter is not null)
        {
            problems.Warn("expiry-not-taken", null, "inputExpiresAfter", "Google keeps uploads for 48 hours, no longer and no shorter. Delete the file to be rid of it.");
        }

        if (batch.Tag is { Length: > 0 } tag && (tag[0] == '-' || tag[^1] == '-'))
        {
            problems.Error("tag-invalid", null, "tag", $"The tag '{tag}' is the name of a file at Google, which neither begins nor ends with '-'.");
        }
    }

    /// <summary>Whether <c>responseModalities</c> ask for pictures.</summary>
    public static bool MakesImages(JsonNode modalities) =>
        modalities is JsonArray list && list.Any(m => m?.GetValueKind() == JsonValueKind.String && string.Equals(m.GetValue<string>(), "IMAGE", StringComparison.OrdinalIgnoreCase));

    private static void CheckSeed(EffectiveRequest request, ProblemList problems)
    {
        if (!request.Seed.IsSent)
        {
            return;
        }

        var (seed, n) = (request.Seed.Value, request.N.Value);
        if (seed is < int.MinValue or > int.MaxValue || (n > 1 && seed + n - 1 > int.MaxValue))
        {
            problems.Add(
                new RequestProblem(ProblemSeverity.Error, "seed-out-of-range", request.CustomId, "seed", string.Create(CultureInfo.InvariantCulture, $"Google takes seeds of 32 bits, not {seed}. Use a smaller one.")),
                request.Seed.Origin);
        }
        else if (n > 1)
        {
            // The same seed would make the same picture, and be paid for, n times.
            Warn(problems, request, "seed-fanned-out", "seed", request.Seed.Origin, string.Create(CultureInfo.InvariantCulture, $"Each picture is a request of its own at Google: they get the seeds {seed} to {seed + n - 1}."));
        }
    }

    private static void CheckText(EffectiveRequest request, GoogleOption option, ProblemList problems)
    {
        if (GoogleShape.TextOf(option.Value.Value!) is null)
        {
            problems.Add(
                new RequestProblem(ProblemSeverity.Error, "option-value-type", request.CustomId, $"providerOptions.{GoogleWire.Provider}.{option.WrittenAs}", $"'{option.WrittenAs}' must be a text, but is {option.Value.Value!.ToJsonString()}."),
                option.Value.Origin);
        }
    }

    private void CheckSafety(EffectiveRequest request, EffectiveValue<JsonNode> settings, ModelRules? model, ProblemList problems)
    {
        if (settings.Value is not JsonArray list || !list.All(setting => setting is JsonObject))
        {
            problems.Add(
                new RequestProblem(ProblemSeverity.Error, "option-value-type", request.CustomId, $"providerOptions.{GoogleWire.Provider}.safetySettings", "'safetySettings' must be a list of objects with a category and a threshold."),
                settings.Origin);
            return;
        }

        foreach (var (key, value) in list.SelectMany(setting => setting!.AsObject()).Where(pair => pair.Value is not null))
        {
            _options.Check(request, $"safetySettings.{key}", new(value, settings.Origin), model, problems);
        }
    }

    private static void Warn(ProblemList problems, EffectiveRequest request, string code, string field, ValueOrigin origin, string message) =>
        problems.Add(new RequestProblem(ProblemSeverity.Warning, code, request.CustomId, field, message), origin);
}
