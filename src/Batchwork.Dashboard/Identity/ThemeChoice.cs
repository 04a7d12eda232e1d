namespace Batchwork.Dashboard.Identity;

/// <summary>Which colours a person wants.</summary>
public enum ThemeChoice
{
    /// <summary>As their device is set.</summary>
    System = 0,
    Light = 1,
    Dark = 2,
}
