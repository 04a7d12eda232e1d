using System.Globalization;

namespace Batchwork;

/// <summary>Checks an aspect ratio, written <c>16:9</c>. Always a warning: the provider judges it line by line and charges nothing for a refusal.</summary>
internal static class AspectRatioRules
{
    private const double SameShape = 0.02;

    public static void Check(EffectiveRequest request, EffectiveValue<string> ratio, string field, ModelRules? model, ProblemList problems)
    {
        if (model is not null && ratio.Value is { } value && !model.AspectRatios.Contains(value, StringComparer.Ordinal))
        {
            var message = $"{model.Id} is not known to make the aspect ratio '{value}'. It makes {string.Join(", ", model.AspectRatios)}. It is sent as it is.";
            var suggestion = Shape(value) is { } shape ? Nearest(shape, model.AspectRatios) : null;
            problems.Add(new RequestProblem(ProblemSeverity.Warning, "aspect-ratio-not-offered", request.CustomId, field, message, suggestion), ratio.Origin);
        }
    }

    /// <summary>The offered ratio that is the same as that of a pixel size, or nearly.</summary>
    public static string? Of(PixelSize size, IReadOnlyList<string> offered)
    {
        var shape = (double)size.Width / size.Height;
        return Nearest(shape, offered) is { } nearest && Distance(shape, nearest) <= SameShape ? nearest : null;
    }

    private static string? Nearest(double shape, IReadOnlyList<string> offered) => offered.Where(o => Shape(o) is not null).MinBy(o => Distance(shape, o));

    private static double Distance(double shape, string ratio) => Math.Abs(Math.Log(shape / Shape(ratio)!.Value));

    // "19.5:9"; and what people write instead: "16x9", "16/9", "16×9".
    private static double? Shape(string ratio)
    {
        var parts = ratio.Split(':', 'x', '/', '×');
        return parts.Length == 2 && Edge(parts[0]) is { } width && Edge(parts[1]) is { } height ? width / height : null;
    }

    private static double? Edge(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var edge) && edge is > 0 and < 1e6 ? edge : null;
}
