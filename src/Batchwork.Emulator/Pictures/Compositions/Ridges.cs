using Batchwork.Emulator.Pictures.Layers;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>Mountain ranges one behind the other, paler with distance, under a sun or a moon.</summary>
internal static class Ridges
{
    public static IEnumerable<ILayer> Compose(Scene scene)
    {
        var (palette, random) = (scene.Palette, scene.Random);
        var sky = palette.Paper.Mix(palette.A, 0.25f);
        yield return new WashLayer(
            new Ramp(palette.C.Lighter(0.25f), palette.B.Lighter(0.2f), palette.A, sky),
            new Ramp(palette.B.Lighter(0.1f), palette.A.Lighter(0.1f), sky, palette.Paper),
            scene.Height * 0.75f);

        var (sunX, sunY) = (scene.Width * random.Between(0.22f, 0.78f), scene.Height * random.Between(0.22f, 0.4f));
        var sun = scene.Unit * random.Between(0.07f, 0.13f);
        yield return new GlowLayer(sunX, sunY, sun * 5.5f, sun * 5.5f, palette.Paper) { Strength = 0.75f };
        yield return new DiscLayer(sunX, sunY, sun, Fill.Along(palette.Paper.Lighter(0.5f), palette.Paper, 0, sunY - sun, 0, sunY + sun));

        var count = 5 + random.Below(3);
        yield return new RidgeLayer([.. Enumerable.Range(0, count).Select(i => Range(scene, i / (count - 1f), i))]);
    }

    private static Ridge Range(Scene scene, float near, int index)
    {
        var (palette, random) = (scene.Palette, scene.Random.Fork(index + 1));
        var noise = new Noise(random);
        var middle = scene.Height * (0.44f + (0.46f * near));
        var swing = scene.Unit * (0.13f - (0.03f * near)) * random.Between(0.8f, 1.3f);
        var pace = random.Between(1.6f, 2.6f) * (1.2f - (0.3f * near));
        var start = random.Between(0, 50);
        var body = new Ramp(
            palette.A.Mix(palette.Paper, 0.3f),
            palette.B.Mix(palette.C, 0.4f),
            palette.C.Mix(palette.D, 0.5f),
            palette.D,
            palette.Deep).At(near);
        return new Ridge(scene.Heights(x => middle + (swing * noise.Along((x * pace) + start, 5, 0.47f))))
        {
            Crest = body,
            Foot = body.Mix(palette.Paper, 0.55f * (1 - near)),
            Depth = scene.Unit * (0.22f + (0.2f * near)),
            Rim = near < 0.9f ? 1.5f : 0,
        };
    }
}
