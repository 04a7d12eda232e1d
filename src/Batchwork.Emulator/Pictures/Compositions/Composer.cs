using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>From a motif to its layers.</summary>
internal static class Composer
{
    public static IReadOnlyList<ILayer> Compose(Motif motif, Scene scene) => [.. motif switch
    {
        Motif.Ridges => Ridges.Compose(scene),
        Motif.Dunes => Dunes.Compose(scene),
        Motif.SeaSun => SeaSun.Compose(scene),
        Motif.Discs => Discs.Compose(scene),
        Motif.Ripples => Ripples.Compose(scene),
        Motif.Fluid => Fluid.Compose(scene),
        Motif.Tiles => Tiles.Compose(scene),
        Motif.Relief => Relief.Compose(scene),
        Motif.Bloom => Bloom.Compose(scene),
        Motif.Planets => Planets.Compose(scene),
        Motif.Silk => Silk.Compose(scene),
        _ => Arches.Compose(scene),
    }];
}
