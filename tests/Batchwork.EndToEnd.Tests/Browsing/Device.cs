namespace Batchwork.EndToEnd.Tests.Browsing;

/// <summary>The screens every page is looked at on.</summary>
public enum Device
{
    /// <summary>1440 × 900.</summary>
    Desktop,

    /// <summary>1024 × 768.</summary>
    Tablet,

    /// <summary>390 × 844, with touch.</summary>
    Phone,
}
