using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Json;

namespace Batchwork;

/// <summary>
/// Checks one option. What no model of the provider takes is an error, because the provider refuses the line for certain; what only this
/// model is not known to take is a warning, because rules age faster than programs are updated.
/// </summary>
internal sealed class OptionRules(ModelCatalog catalog, string provider, string displayName)
{
    public void Check(EffectiveRequest request, string name, EffectiveValue<JsonNode> option, ModelRules? model, ProblemList problems)
    {
        var field = $"providerOptions.{provider}.{name}";
        var anywhere = catalog.Option(name);
        if (anywhere is null)
        {
            var near = Nearest(name, model);
            var hint = near is null ? "" : $" Did you mean '{near}'?";
            Report(ProblemSeverity.Warning, "option-unknown", $"{displayName} is not known to take the option '{name}'.{hint} It is sent as it is.", near);
            return;
        }

        if (option.Value is JsonValue text && text.GetValueKind() == JsonValueKind.String && !JsonTexts.TryRead(text, out _))
        {
            Report(ProblemSeverity.Error, "text-not-unicode", $"'{name}' holds half of a character. Retype it.", null);
            return;
        }

        var here = model?.Options.FirstOrDefault(o => o.Name == name);
        if (model is not null && here is null)
        {
            Report(ProblemSeverity.Warning, "option-not-taken", $"{model.Id} is not known to take '{name}', other models of {displayName} do. It is sent as it is.", null);
        }

        CheckValue(option.Value!, anywhere, here, model, Report);

        void Report(ProblemSeverity severity, string code, string message, string? suggestion) =>
            problems.Add(new RequestProblem(severity, code, request.CustomId, field, message, suggestion), option.Origin);
    }

    private static void CheckValue(JsonNode value, OptionRule anywhere, OptionRule? here, ModelRules? model, Action<ProblemSeverity, string, string, string?> report)
    {
        var name = anywhere.Name;
        var kind = anywhere.Values.Count > 0 ? OptionKind.Text : anywhere.Kind;
        if (!IsOf(kind, value, out var number))
        {
            report(ProblemSeverity.Error, "option-value-type", $"'{name}' must be {Describe(kind)}, but is {Show(value)}.", null);
        }
        else if (anywhere.Values.Count > 0)
        {
            CheckChoice(value.GetValue<string>(), anywhere, here, model, report);
        }
        else if (number < anywhere.Minimum || number > anywhere.Maximum)
        {
            report(ProblemSeverity.Error, "option-out-of-range", $"'{name}' must be {Range(anywhere)}, but is {Show(value)}.", null);
        }
    }

    private static void CheckChoice(string value, OptionRule anywhere, OptionRule? here, ModelRules? model, Action<ProblemSeverity, string, string, string?> report)
    {
        var name = anywhere.Name;
        if (!anywhere.Values.Contains(value, StringComparer.Ordinal))
        {
            var allowed = here ?? anywhere;
            var near = allowed.Values.FirstOrDefault(v => string.Equals(v, value, StringComparison.OrdinalIgnoreCase));

            // A model without rules may be newer than they are, and take new values.
            var severity = model is null ? ProblemSeverity.Warning : ProblemSeverity.Error;
            report(severity, "option-value-unknown", $"'{name}' cannot be '{value}'. Use one of {List(allowed.Values)}.", near);
        }
        else if (here is not null && !here.Values.Contains(value, StringComparer.Ordinal))
        {
            report(ProblemSeverity.Warning, "option-value-not-offered", $"{model!.Id} is not known to take '{value}' for '{name}'; it takes {List(here.Values)}. It is sent as it is.", here.Values[0]);
        }
    }

    private static bool IsOf(OptionKind kind, JsonNode value, out double number)
    {
        number = 0;
        var actual = value.GetValueKind();
        return kind switch
        {
            OptionKind.Text => actual == JsonValueKind.String,
            OptionKind.Flag => actual is JsonValueKind.True or JsonValueKind.False,
            OptionKind.Group => actual == JsonValueKind.Object,
            OptionKind.Number => actual == JsonValueKind.Number && Read(value, out number),
            OptionKind.WholeNumber => actual == JsonValueKind.Number && Read(value, out number) && double.IsInteger(number),
            _ => true,
        };
    }

    // A JsonValue made from an int does not convert to double by itself; its text does.
    private static bool Read(JsonNode value, out double number) =>
        double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private static string? Nearest(string name, ModelRules? model) =>
        model?.Options.Select(o => o.Name).FirstOrDefault(o =>
            string.Equals(o, name, StringComparison.OrdinalIgnoreCase) || SpellingDistance.IsNear(o, name));

    private static string Describe(OptionKind kind) => kind switch
    {
        OptionKind.Text => "a text",
        OptionKind.Flag => "true or false",
        OptionKind.Group => "a JSON object",
        OptionKind.WholeNumber => "a whole number",
        _ => "a number",
    };

    private static string Range(OptionRule rule) => (rule.Minimum, rule.Maximum) switch
    {
        ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $"between {low} and {high}"),
        ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $"at least {low}"),
        (_, var high) => string.Create(CultureInfo.InvariantCulture, $"at most {high}"),
    };

    private static string List(IReadOnlyList<string> values) => string.Join(", ", values);

    private static string Show(JsonNode value)
    {
        const int most = 60;
        var text = value.ToJsonString();
        return text.Length <= most ? text : string.Concat(text.AsSpan(0, most), "…");
    }
}
