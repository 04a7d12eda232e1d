namespace Batchwork.Google;

/// <summary>Checks the shape and size of a request's picture, and says what becomes of a size in pixels.</summary>
internal static class GoogleShapeRules
{
    public static void Check(EffectiveRequest request, ModelRules? model, GoogleShape shape, GoogleSizes sizes, ProblemList problems)
    {
        if (shape.Ratio is { Field: not "size" } ratio)
        {
            CheckOffered(request, model, ratio, "aspect-ratio", "the shape", sizes.Ratios, sizes.AnyRatio, problems);
        }

        if (shape.Size is { } size)
        {
            CheckOffered(request, model, size, "size", "the size", sizes.Sizes, sizes.AnySize, problems);
        }

        foreach (var loser in shape.Losers)
        {
            var winner = sizes.AnyRatio.Contains(loser.Value, StringComparer.Ordinal) ? shape.Ratio! : shape.Size!;
            Warn(request, "value-given-twice", loser.Field, loser.Origin, $"'{loser.Value}' is not sent: '{winner.Value}' of {winner.Field} is.", null, problems);
        }

        CheckPixels(request, shape, problems);
    }

    // As with options: what no model of Google's takes is refused for certain; what only this one is not known to take may be newer than the rules.
    private static void CheckOffered(
        EffectiveRequest request,
        ModelRules? model,
        GoogleShape.Choice choice,
        string code,
        string what,
        IReadOnlyList<string> here,
        IReadOnlyList<string> anywhere,
        ProblemList problems)
    {
        if (!anywhere.Contains(choice.Value, StringComparer.Ordinal))
        {
            var allowed = here.Count > 0 ? here : anywhere;
            var near = allowed.FirstOrDefault(v => string.Equals(v, choice.Value, StringComparison.OrdinalIgnoreCase));
            var severity = model is null ? ProblemSeverity.Warning : ProblemSeverity.Error;
            problems.Add(new RequestProblem(severity, $"{code}-unknown", request.CustomId, choice.Field, $"Google does not know {what} '{choice.Value}'. Use one of {string.Join(", ", allowed)}.", near), choice.Origin);
        }
        else if (!here.Contains(choice.Value, StringComparer.Ordinal))
        {
            var takes = here.Count > 0 ? $"it takes {string.Join(", ", here)}" : "it takes none";
            Warn(request, $"{code}-not-offered", choice.Field, choice.Origin, $"{model!.Id} is not known to take {what} '{choice.Value}'; {takes}. It is sent as it is.", here.Count > 0 ? here[0] : null, problems);
        }
    }

    private static void CheckPixels(EffectiveRequest request, GoogleShape shape, ProblemList problems)
    {
        if (shape.Pixels is not { IsExact: false } pixels)
        {
            return;
        }

        var size = request.Size.Value!;
        if (!PixelSize.TryParse(size, out _))
        {
            var guess = PixelSize.TryGuess(size, out var meant) ? meant.ToString() : null;
            Warn(request, "size-not-read", "size", request.Size.Origin, $"'{size}' is not a size. Write it as WIDTHxHEIGHT, or 1K, 2K or 4K. It is not sent.", guess, problems);
            return;
        }

        var becomes = (pixels.Ratio, pixels.Size) switch
        {
            ({ } ratio, { } name) => $"{size} is sent as the shape {ratio} and the size {name}",
            ({ } ratio, null) => $"{size} is sent as the shape {ratio}, its size is not sent",
            (null, { } name) => $"{size} is sent as the size {name}, and no shape of Google's is near it",
            _ => $"{size} is near none of them and is not sent",
        };
        Warn(request, "size-mapped", "size", request.Size.Origin, $"Google takes a shape and a size class instead of pixels: {becomes}.", null, problems);
    }

    private static void Warn(EffectiveRequest request, string code, string field, ValueOrigin origin, string message, string? suggestion, ProblemList problems) =>
        problems.Add(new RequestProblem(ProblemSeverity.Warning, code, request.CustomId, field, message, suggestion), origin);
}
