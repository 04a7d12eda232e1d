namespace Batchwork.Dashboard.Shared;

/// <summary>The page that says that a workspace asks for a second factor.</summary>
internal static class SecondFactorAddress
{
    public const string Path = "/account/second-factor";

    /// <summary>Its address.</summary>
    /// <param name="returnUrl">Where to go on.</param>
    /// <returns>The address.</returns>
    public static string Of(string returnUrl) => $"{Path}?returnUrl={Uri.EscapeDataString(returnUrl)}";
}
