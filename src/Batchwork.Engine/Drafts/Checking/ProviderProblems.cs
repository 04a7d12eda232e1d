using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Drafts.Checking;

/// <summary>
/// The library's problems in the dashboard's terms. The library warns and sends; the dashboard does not let a row go out that the provider would
/// refuse: nobody wants to learn that a day later.
/// </summary>
internal static class ProviderProblems
{
    /// <summary>Warnings of the library after which the provider refuses the request.</summary>
    private static readonly FrozenSet<string> s_refused = new[]
    {
        "prompt-too-long",
        "n-too-large",
        "size-not-read",
        "size-not-offered",
        "aspect-ratio-not-read",
        "aspect-ratio-not-offered",
        "option-not-taken",
        "option-value-unknown",
        "option-value-not-offered",
        "option-conflict",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The library's remark about what it does with a doubtful value. It is not what the dashboard does.</summary>
    private static readonly string[] s_remarks = [" It is sent as it is and the provider will refuse it.", " It is sent as it is."];

    /// <summary>Translates a problem.</summary>
    /// <param name="problem">The library's problem.</param>
    /// <param name="request">The request it is about.</param>
    /// <param name="rules">The rules of the model, if they are known.</param>
    /// <returns>The problem as shown.</returns>
    public static RowProblem Translate(RequestProblem problem, EffectiveRequest request, ModelRules? rules)
    {
        var field = OptionFields.FromLibrary(problem.Field);
        var value = field is null ? null : ValueOf(request, field);
        var suggestion = field == SheetFields.Size && value is not null ? NamedSize(value, rules) ?? problem.Suggestion : problem.Suggestion;
        return new RowProblem(
            IsRefused(problem) ? RowCheck.Error : RowCheck.Warning,
            problem.Code,
            field,
            value is null ? null : CellText.Cut(value),
            Message(problem, field, value, suggestion),
            suggestion);
    }

    private static bool IsRefused(RequestProblem problem) =>
        problem.Severity == ProblemSeverity.Error
        || s_refused.Contains(problem.Code)
        // An option with a near name is a slip of the pen; one without may be newer than our rules.
        || (problem.Code == "option-unknown" && problem.Suggestion is not null);

    private static string Message(RequestProblem problem, string? field, string? value, string? suggestion)
    {
        var remark = Array.Find(s_remarks, r => problem.Message.EndsWith(r, StringComparison.Ordinal));
        var message = remark is null ? problem.Message : problem.Message[..^remark.Length];
        return field == SheetFields.Size && problem.Code == "size-not-offered" && suggestion is not null
            ? $"{message} Nearest to '{value}': {suggestion}."
            : message;
    }

    /// <summary>The value that is sent for a field, as text.</summary>
    /// <param name="request">The request.</param>
    /// <param name="field">The field.</param>
    /// <returns>The text; <see langword="null"/> when it is not sent or too long to name a group.</returns>
    internal static string? ValueOf(EffectiveRequest request, string field) => field switch
    {
        SheetFields.CustomId => request.CustomId,
        SheetFields.Prompt => null,
        SheetFields.N => $"{request.N.Value}",
        SheetFields.Size => request.Size.Value,
        SheetFields.AspectRatio => request.AspectRatio.Value,
        SheetFields.Seed => request.Seed.IsSent ? $"{request.Seed.Value}" : null,
        _ => OptionFields.OptionOf(field) is { } option && request.Options.TryGetValue(option, out var value) ? Text(value.Value) : null,
    };

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : node?.ToJsonString();

    /// <summary>A size that the model offers by name, of the same shape and about as large: easier to choose than the nearest odd one.</summary>
    private static string? NamedSize(string size, ModelRules? rules)
    {
        if (rules is null || RowText.Pixels(size) is not { Width: > 0, Height: > 0 } wanted)
        {
            return null;
        }

        return rules.Sizes
            .Select(name => (Name: name, Pixels: RowText.Pixels(name)))
            .Where(s => s.Pixels is { } p && Near(p, wanted))
            .OrderBy(s => Math.Abs(((double)s.Pixels!.Value.Width / wanted.Width) - 1))
            .Select(s => s.Name)
            .FirstOrDefault();
    }

    private static bool Near((int Width, int Height) offered, (int Width, int Height) wanted)
    {
        var shape = (double)offered.Width / offered.Height / ((double)wanted.Width / wanted.Height);
        var scale = (double)offered.Width / wanted.Width;
        return shape is > 0.95 and < 1.05 && scale is > 0.6 and < 1.7;
    }
}
