namespace Batchwork.Emulator.Google;

/// <summary>
/// The image models, November 2026. Tokens of 1K and 2K: from the prices of gemini-nano-banana-2.1 ($0.0336, $0.0504 and $0.113 a picture
/// at $30 a million).
/// </summary>
internal static class GoogleModels
{
    private const string Newest = "gemini-nano-banana-2.1";

    private static readonly string[] s_ten = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];
    private static readonly string[] s_fourteen = [.. s_ten, "1:4", "4:1", "1:8", "8:1"];
    private static readonly (string, int)[] s_large = [("1K", 1120), ("2K", 1680), ("4K", 3767)];

    public static IReadOnlyList<GoogleModel> All { get; } =
    [
        new(Newest, "Nano Banana 2.1") { Sizes = s_large, Ratios = s_fourteen },
        new("gemini-3-pro-image", "Gemini 3 Pro Image") { Sizes = s_large, Ratios = s_ten },
        new("gemini-3.1-flash-lite-image", "Gemini 3.1 Flash-Lite Image") { Sizes = [("1K", 1120)], Ratios = s_fourteen },
        new("gemini-3.1-flash-image", "Gemini 3.1 Flash Image")
        {
            Sizes = [s_large[0], ("512", 747), .. s_large[1..]],
            Ratios = s_fourteen,
            ShutDown = new DateOnly(2026, 10, 29),
            Successor = Newest,
        },
        new("gemini-2.5-flash-image", "Gemini 2.5 Flash Image")
        {
            Sizes = [("1K", 1290)],
            TakesSize = false,
            Ratios = s_ten,
            ShutDown = new DateOnly(2026, 10, 2),
            Successor = "gemini-3.1-flash-lite-image",
        },
        Preview("gemini-3-pro-image-preview", "gemini-3-pro-image"),
        Preview("gemini-3.1-flash-image-preview", Newest),
        Preview("gemini-2.5-flash-image-preview", "gemini-3.1-flash-lite-image"),
        Imagen("imagen-4.0-generate-001"),
        Imagen("imagen-4.0-fast-generate-001"),
        Imagen("imagen-4.0-ultra-generate-001"),
    ];

    public static GoogleModel? Find(string? id) => All.FirstOrDefault(model => model.Id == id);

    private static GoogleModel Preview(string id, string successor) => new(id, "Preview")
    {
        Sizes = s_large,
        Ratios = s_ten,
        ShutDown = new DateOnly(2026, 6, 25),
        Successor = successor,
    };

    private static GoogleModel Imagen(string id) => new(id, "Imagen 4")
    {
        Sizes = [("1K", 1120)],
        Ratios = s_ten,
        ShutDown = new DateOnly(2026, 6, 24),
        Successor = Newest,
        Batches = false,
    };
}
