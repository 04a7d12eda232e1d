namespace Batchwork.Dashboard.Identity;

/// <summary>Where to go after signing in: an address inside this site, never one that a link from elsewhere smuggled in.</summary>
internal static class LocalAddress
{
    public static string OrHome(string? address) => IsLocal(address) ? address! : "/";

    /// <summary>
    /// Whether an address begins with exactly one slash. Browsers take a backslash for a slash and drop tabs and line breaks, so
    /// <c>/\evil.example</c> and <c>/&lt;tab&gt;/evil.example</c> leave the site too.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <returns><see langword="true"/> when it stays here.</returns>
    public static bool IsLocal(string? address) =>
        address is ['/', ..]
        && (address.Length == 1 || address[1] != '/')
        && !address.Any(c => c == '\\' || char.IsControl(c));
}
