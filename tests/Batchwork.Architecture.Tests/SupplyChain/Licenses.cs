namespace Batchwork.Architecture.Tests.SupplyChain;

/// <summary>Licences under which we take what others wrote. Whoever adds one has read it.</summary>
internal static class Licenses
{
    // LGPL: libvips, as libraries of their own beside the program, which anybody can replace. Its build bundles others under licences of the MIT and BSD kind.
    private static readonly HashSet<string> s_accepted = new(StringComparer.Ordinal)
    {
        "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MS-PL", "OFL-1.1", "Zlib", "LGPL-3.0-or-later",
    };

    public static bool IsAccepted(string license) =>
        license.Length > 0 && license.Split([" AND ", " OR "], StringSplitOptions.TrimEntries).All(l => s_accepted.Contains(l.Trim('(', ')')));

    public static bool IsExpression(string license) =>
        license.Length > 0 && !license.Contains(':', StringComparison.Ordinal) && !license.Contains('/', StringComparison.Ordinal);
}
