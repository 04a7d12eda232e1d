using System.Security.Cryptography;

namespace Batchwork.Dashboard.Shared;

/// <summary>Joins what a person sees with what the log says.</summary>
internal static class SupportId
{
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <summary>Makes one that can be read aloud.</summary>
    /// <returns>Eight letters and digits without those that look alike.</returns>
    public static string New() => RandomNumberGenerator.GetString(Letters, 8);
}
