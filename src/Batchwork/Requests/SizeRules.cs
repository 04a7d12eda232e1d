using System.Globalization;

namespace Batchwork;

/// <summary>Checks a pixel size. Always a warning: the provider judges it line by line and charges nothing for a refusal.</summary>
internal static class SizeRules
{
    public static void Check(EffectiveRequest request, ModelRules model, ProblemList problems)
    {
        if (request.Size.Value is not { } size || model.Sizes.Contains(size, StringComparer.Ordinal))
        {
            return;
        }

        if (!PixelSize.TryParse(size, out var pixels))
        {
            var guess = PixelSize.TryGuess(size, out var meant) ? meant.ToString() : null;
            var hint = guess is null ? "" : $" Did you mean {guess}?";
            Report("size-not-read", $"'{size}' is not a size. Write it as WIDTHxHEIGHT or auto.{hint}", guess);
        }
        else if (model.FreeSize is not { } rule)
        {
            Report("size-not-offered", $"{model.Id} is not known to make {size}. It makes {string.Join(", ", model.Sizes)}.", model.Sizes.Count > 0 ? model.Sizes[0] : null);
        }
        else if (Fault(pixels, rule) is { } fault)
        {
            Report("size-not-offered", $"{model.Id} is not known to make {size}: {fault}.", Nearest(pixels, rule));
        }

        void Report(string code, string message, string? suggestion) =>
            problems.Add(new RequestProblem(ProblemSeverity.Warning, code, request.CustomId, "size", message + " It is sent as it is.", suggestion), request.Size.Origin);
    }

    private static string? Fault(PixelSize size, FreeSizeRule rule)
    {
        var (longer, shorter) = (Math.Max(size.Width, size.Height), Math.Min(size.Width, size.Height));
        if (size.Width % rule.MultipleOf != 0 || size.Height % rule.MultipleOf != 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"both edges must be multiples of {rule.MultipleOf}");
        }

        if (longer > rule.MaxLongEdge || shorter > rule.MaxShortEdge)
        {
            return string.Create(CultureInfo.InvariantCulture, $"the largest is {rule.MaxLongEdge}x{rule.MaxShortEdge}");
        }

        return longer > shorter * rule.MaxRatio
            ? string.Create(CultureInfo.InvariantCulture, $"one edge may be at most {rule.MaxRatio} times the other")
            : null;
    }

    private static string? Nearest(PixelSize size, FreeSizeRule rule)
    {
        var wide = size.Width >= size.Height;
        var nearest = new PixelSize(
            Edge(size.Width, wide ? rule.MaxLongEdge : rule.MaxShortEdge, rule.MultipleOf),
            Edge(size.Height, wide ? rule.MaxShortEdge : rule.MaxLongEdge, rule.MultipleOf));
        return Fault(nearest, rule) is null ? nearest.ToString() : null;
    }

    private static int Edge(int edge, int most, int multipleOf) =>
        Math.Min(most / multipleOf * multipleOf, Math.Max(multipleOf, (int)Math.Round(edge / (double)multipleOf) * multipleOf));
}
