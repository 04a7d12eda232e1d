namespace Batchwork.Emulator.OpenAI;

/// <summary>
/// The image models. Dates: OpenAI's deprecation page, November 2026. Tokens: the pricing page for gpt-image-2 ($0.006, $0.053, $0.211
/// a picture at $30 a million); for the others secondary sources.
/// </summary>
internal static class OpenAIModels
{
    private static readonly string[] s_threeSizes = ["1024x1024", "1536x1024", "1024x1536"];

    public static IReadOnlyList<OpenAIModel> All { get; } =
    [
        Recent("gpt-image-2.6-sunburst", new DateOnly(2026, 11, 4)),
        Recent("gpt-image-2.6-flare", new DateOnly(2026, 11, 4)),
        Recent("gpt-image-2.5-sunburst", new DateOnly(2026, 9, 8)),
        Recent("gpt-image-2.5-sunburst-2026-09-08", new DateOnly(2026, 9, 8)),
        Recent("gpt-image-2.5-flare", new DateOnly(2026, 9, 8)),
        Recent("gpt-image-2.5-flare-2026-09-08", new DateOnly(2026, 9, 8)),
        Second("gpt-image-2"),
        Second("gpt-image-2-2026-04-21"),
        First("gpt-image-1.5", new DateOnly(2025, 12, 16), new DateOnly(2026, 12, 1)),
        First("gpt-image-1-mini", new DateOnly(2025, 10, 6), new DateOnly(2026, 12, 1)),
        First("chatgpt-image-latest", new DateOnly(2025, 12, 16), new DateOnly(2026, 12, 1)),
        First("gpt-image-1", new DateOnly(2025, 4, 23), new DateOnly(2026, 10, 23)),
        First("dall-e-3", new DateOnly(2023, 11, 6), new DateOnly(2026, 5, 12)) with { Batches = false },
        First("dall-e-2", new DateOnly(2022, 11, 3), new DateOnly(2026, 5, 12)) with { Batches = false },
    ];

    public static OpenAIModel? Find(string? id) => All.FirstOrDefault(model => model.Id == id);

    private static OpenAIModel Recent(string id, DateOnly since) => new(id, since)
    {
        Qualities = new Dictionary<string, int> { ["low"] = 196, ["medium"] = 439, ["high"] = 1756, ["xhigh"] = 3122, ["max"] = 7024 },
    };

    private static OpenAIModel Second(string id) => new(id, new DateOnly(2026, 4, 21))
    {
        Qualities = new Dictionary<string, int> { ["low"] = 196, ["medium"] = 1756, ["high"] = 7024 },
    };

    private static OpenAIModel First(string id, DateOnly since, DateOnly shutDown) => new(id, since, shutDown)
    {
        Sizes = s_threeSizes,
        Qualities = new Dictionary<string, int> { ["low"] = 272, ["medium"] = 1056, ["high"] = 4160 },
    };
}
