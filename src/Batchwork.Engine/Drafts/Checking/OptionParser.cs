using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>Reads a row's provider options: one column an option, and a column of JSON. A column of its own wins over the JSON.</summary>
/// <param name="provider">The provider.</param>
/// <param name="rules">The rules of the model, if they are known.</param>
internal sealed class OptionParser(string provider, ModelRules? rules)
{
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = SheetLimits.JsonDepth, AllowDuplicateProperties = false };
    private static readonly string[] s_providers = ["openai", "google", "xai"];

    /// <summary>Reads the options.</summary>
    /// <param name="cells">The row's cells.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <returns>The options of the provider; <see langword="null"/> when there are none.</returns>
    public IReadOnlyDictionary<string, JsonObject>? Parse(IReadOnlyDictionary<string, string> cells, RowProblems problems)
    {
        JsonObject? options = null;
        if (cells.TryGetValue(SheetFields.Options, out var json) && !CellText.IsBlank(json))
        {
            options = Json(json, problems);
        }

        foreach (var (field, text) in cells)
        {
            if (OptionFields.OptionOf(field) is { } option && !CellText.IsBlank(text))
            {
                OptionPath.Set(options ??= [], option, Value(text, option, rules));
            }
        }

        return options is null || options.Count == 0 ? null : new Dictionary<string, JsonObject>(StringComparer.Ordinal) { [provider] = options };
    }

    /// <summary>An option's value of the kind the model takes: text from its list whatever the case, a number, true or false.</summary>
    /// <param name="text">The text.</param>
    /// <param name="option">The option's name.</param>
    /// <param name="rules">The rules of the model, if they are known.</param>
    /// <returns>The value; text when nothing else is known to be meant.</returns>
    public static JsonNode Value(string text, string option, ModelRules? rules)
    {
        var trimmed = text.Trim();
        var rule = rules?.Options.FirstOrDefault(o => o.Name == option);
        if (rule is { Values.Count: > 0 })
        {
            return JsonValue.Create(rule.Values.FirstOrDefault(v => v.Equals(trimmed, StringComparison.OrdinalIgnoreCase)) ?? trimmed);
        }

        if (rule is { Kind: OptionKind.Text })
        {
            return JsonValue.Create(trimmed);
        }

        return RowText.WholeNumber(trimmed) is { } whole ? JsonValue.Create(whole)
            : rule is not null && double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number)
            : bool.TryParse(trimmed, out var flag) ? JsonValue.Create(flag)
            : JsonValue.Create(trimmed);
    }

    private JsonObject? Json(string text, RowProblems problems)
    {
        if (text.Length > SheetLimits.OptionsLength)
        {
            problems.Error("options-not-read", SheetFields.Options, null, "options is longer than 64 KiB.");
            return null;
        }

        try
        {
            if (JsonNode.Parse(text, documentOptions: s_strict) is JsonObject json)
            {
                var own = Own(json, problems);
                foreach (var (name, _) in own?.Where(p => p.Value is null).ToList() ?? [])
                {
                    // null means "not set" everywhere else in a sheet, and so it does here.
                    own!.Remove(name);
                }

                return own;
            }
        }
        catch (JsonException)
        {
            // Said below, with the place in the sheet instead of the parser's words.
        }

        problems.Error("options-not-read", SheetFields.Options, text, "options must be a JSON object with each name once, for example {\"background\": \"transparent\"}.");
        return null;
    }

    /// <summary>Options may stand alone or under their provider's name, as the library writes them.</summary>
    private JsonObject? Own(JsonObject json, RowProblems problems)
    {
        if (json.Count == 0 || !json.All(p => s_providers.Contains(p.Key) && p.Value is JsonObject))
        {
            return json;
        }

        foreach (var (other, _) in json.Where(p => p.Key != provider))
        {
            problems.Warn("options-of-other-provider", SheetFields.Options, other, $"options for {other} are not sent: this job goes to {provider}.");
        }

        return json[provider]?.DeepClone() as JsonObject;
    }
}
