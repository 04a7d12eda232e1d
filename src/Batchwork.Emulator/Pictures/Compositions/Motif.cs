namespace Batchwork.Emulator.Pictures.Compositions;

/// <summary>The kinds of picture.</summary>
internal enum Motif
{
    Ridges,
    Dunes,
    SeaSun,
    Discs,
    Ripples,
    Fluid,
    Tiles,
    Relief,
    Bloom,
    Planets,
    Silk,
    Arches,
}
