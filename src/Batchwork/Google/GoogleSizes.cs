using System.Globalization;

namespace Batchwork.Google;

/// <summary>What a model, or any of Google's where the model is not known, offers of sizes and shapes.</summary>
internal sealed class GoogleSizes
{
    // Google's own pictures of a shape differ from it by up to 2 %: "16:9" at 1K is 1376x768 (image generation guide, November 2026).
    private const double NearRatio = 0.03;

    // 1536x1024 has the area of 1254x1254 and is meant as 1K; 1448x1448, halfway to 2K on a scale of doublings, is the first that is not.
    private const double NearSize = 0.5;

    private readonly IReadOnlyList<(string Name, double Edge)> _sizes;
    private readonly IReadOnlyList<(string Name, double Value)> _ratios;

    public GoogleSizes(ModelRules? model, ModelCatalog catalog)
    {
        Sizes = model?.Sizes ?? [.. catalog.Models.SelectMany(m => m.Sizes).Distinct(StringComparer.Ordinal)];
        Ratios = model?.AspectRatios ?? [.. catalog.Models.SelectMany(m => m.AspectRatios).Distinct(StringComparer.Ordinal)];
        AnySize = [.. catalog.Models.SelectMany(m => m.Sizes).Distinct(StringComparer.Ordinal)];
        AnyRatio = [.. catalog.Models.SelectMany(m => m.AspectRatios).Distinct(StringComparer.Ordinal)];
        _sizes = [.. Sizes.Select(name => (name, Edge(name)))];
        _ratios = [.. Ratios.Select(name => (name, Value(name)))];
    }

    /// <summary>The size classes the model takes.</summary>
    public IReadOnlyList<string> Sizes { get; }

    /// <summary>The shapes the model takes.</summary>
    public IReadOnlyList<string> Ratios { get; }

    /// <summary>The size classes that any model takes.</summary>
    public IReadOnlyList<string> AnySize { get; }

    /// <summary>The shapes that any model takes.</summary>
    public IReadOnlyList<string> AnyRatio { get; }

    /// <summary>Whether a size is the name of a class: <c>2K</c>, but also <c>8K</c>, which none takes. Others are read as pixels.</summary>
    public bool IsNamed(string size) => AnySize.Contains(size, StringComparer.Ordinal) || (size.Length is > 1 and <= 3 && size[^1] is 'K' or 'k' && char.IsAsciiDigit(size[0]));

    /// <summary>Reads a size in pixels: <c>1024x1024</c> is the shape 1:1 and the size 1K. Nothing of <c>auto</c> is sent: that is what Google does by itself.</summary>
    public GooglePixels Read(string size)
    {
        if (size == "auto")
        {
            return new GooglePixels(null, null, IsExact: true);
        }

        if (!PixelSize.TryParse(size, out var pixels))
        {
            return new GooglePixels(null, null, IsExact: false);
        }

        var shape = pixels.Width / (double)pixels.Height;
        var ratio = _ratios.Where(r => Math.Abs((shape / r.Value) - 1) <= NearRatio).OrderBy(r => Math.Abs((shape / r.Value) - 1)).Select(r => r.Name).FirstOrDefault();
        var edge = Math.Sqrt(pixels.Width * (double)pixels.Height);
        var near = _sizes.Where(s => Math.Abs(Math.Log2(edge / s.Edge)) < NearSize).Select(s => s.Name).FirstOrDefault();
        return new GooglePixels(ratio, near, pixels.Width == pixels.Height && _sizes.Any(s => s.Name == near && s.Edge == pixels.Width));
    }

    // "2K" is 2048, "512" is 512.
    private static double Edge(string name) =>
        name[^1] == 'K' ? 1024 * double.Parse(name.AsSpan(0, name.Length - 1), CultureInfo.InvariantCulture) : double.Parse(name, CultureInfo.InvariantCulture);

    private static double Value(string ratio)
    {
        var colon = ratio.IndexOf(':', StringComparison.Ordinal);
        return double.Parse(ratio.AsSpan(0, colon), CultureInfo.InvariantCulture) / double.Parse(ratio.AsSpan(colon + 1), CultureInfo.InvariantCulture);
    }
}
