namespace Batchwork.Engine.Tests.Drafts;

/// <summary>Rules of made-up models, so that tests do not change when the real ones do.</summary>
internal static class TestModels
{
    public static ModelRules Painter { get; } = new()
    {
        Id = "painter-1",
        DisplayName = "Painter 1",
        Batch = true,
        Sizes = ["auto", "1024x1024", "1536x1024", "1024x1536"],
        MaxN = 10,
        MaxPromptLength = 100,
        Options =
        [
            new OptionRule("quality", ["auto", "low", "medium", "high"]),
            new OptionRule("outputFormat", ["png", "webp"]),
            new OptionRule("outputCompression", [], 0, 100),
        ],
        Prices =
        [
            new ImagePrice("1024x1024", "low", 5_000, "Price list", new DateOnly(2026, 11, 20)),
            new ImagePrice("1024x1024", null, 26_500, "Price list", new DateOnly(2026, 11, 20)),
        ],
        Source = "Made up",
        AsOf = new DateOnly(2026, 11, 20),
    };

    public static ModelRules Sketcher { get; } = Painter with { Id = "sketcher-1", DisplayName = "Sketcher 1", MaxN = 1, Options = [], Sizes = [], AspectRatios = ["1:1", "16:9"], TakesSeed = true };

    /// <summary>Judges sizes and nothing else, in the library's words.</summary>
    public static IReadOnlyList<RequestProblem> CheckSize(EffectiveRequest request, string model) =>
        request.Size.Value is { } size && !Painter.Sizes.Contains(size)
            ? [new RequestProblem(ProblemSeverity.Warning, "size-not-offered", request.CustomId, "size", $"{model} is not known to make {size}. It is sent as it is.", "992x992")]
            : [];
}
