namespace Batchwork.Engine.Sheets;

/// <summary>The fields a sheet can fill, by the names used in templates, drafts and problems.</summary>
public static class SheetFields
{
    public const string CustomId = "id";
    public const string Prompt = "prompt";
    public const string N = "n";
    public const string Size = "size";
    public const string AspectRatio = "aspect_ratio";
    public const string Seed = "seed";
    public const string Quality = "quality";
    public const string Format = "format";

    /// <summary>A JSON object of provider options.</summary>
    public const string Options = "options";

    /// <summary>All of them, in the order in which tables show them. Names that begin with <c>option:</c> fill a single provider option, for example <c>option:background</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [CustomId, Prompt, N, Size, AspectRatio, Seed, Quality, Format, Options];
}
