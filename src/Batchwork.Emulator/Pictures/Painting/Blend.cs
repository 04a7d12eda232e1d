namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>How a colour meets what lies under it.</summary>
internal enum Blend
{
    /// <summary>Like paper: hides.</summary>
    Cover,

    /// <summary>Like ink: darkens.</summary>
    Stain,

    /// <summary>Like light: brightens.</summary>
    Light,
}
