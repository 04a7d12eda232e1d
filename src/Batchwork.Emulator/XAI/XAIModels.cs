namespace Batchwork.Emulator.XAI;

/// <summary>The image models and their prices, which batches do not lower: xAI's model and pricing pages, August to October 2026.</summary>
internal static class XAIModels
{
    private const long Cent = 100_000_000;

    public static IReadOnlyList<XAIModel> All { get; } =
    [
        new("grok-imagine-image-2.0", new DateOnly(2026, 9, 1))
        {
            Prices = new Dictionary<(string, string), long>
            {
                [("low", "1k")] = 4 * Cent,
                [("low", "1.5k")] = 5 * Cent,
                [("low", "2k")] = 6 * Cent,
                [("medium", "1k")] = 6 * Cent,
                [("medium", "1.5k")] = 7 * Cent,
                [("medium", "2k")] = 8 * Cent,
            },
        },
        new("grok-imagine-image", new DateOnly(2026, 1, 28))
        {
            Prices = new Dictionary<(string, string), long> { [("", "1k")] = 2 * Cent, [("", "2k")] = 2 * Cent },
        },
        new("grok-imagine-image-quality", new DateOnly(2026, 4, 1))
        {
            Aliases = ["grok-imagine-image-pro"],
            ShutDown = new DateOnly(2026, 11, 2),
            Prices = new Dictionary<(string, string), long> { [("", "1k")] = 5 * Cent, [("", "2k")] = 7 * Cent },
        },
    ];

    public static XAIModel? Find(string? id) => All.FirstOrDefault(model => model.Id == id || model.Aliases.Contains(id));
}
