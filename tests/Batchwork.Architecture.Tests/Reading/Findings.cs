namespace Batchwork.Architecture.Tests.Reading;

/// <summary>Judges what a rule found.</summary>
internal static class Findings
{
    /// <summary>The rule holds. If it does not, every place is named, not only the first.</summary>
    public static void AreNone(IEnumerable<string> findings)
    {
        var all = findings.Distinct().Order(StringComparer.Ordinal).ToList();
        if (all.Count > 0)
        {
            Assert.Fail($"{all.Count} found:\n  " + string.Join("\n  ", all));
        }
    }

    /// <summary>The rule caught exactly these: one finding for each part, containing it, and no others.</summary>
    public static void Are(IEnumerable<string> findings, params string[] parts)
    {
        var all = findings.Distinct().ToList();
        var missed = parts.Where(part => !all.Exists(finding => finding.Contains(part, StringComparison.Ordinal))).ToList();
        if (missed.Count > 0 || all.Count != parts.Length)
        {
            Assert.Fail($"Expected {parts.Length} findings and missed [{string.Join(", ", missed)}]. Found {all.Count}:\n  " + string.Join("\n  ", all));
        }
    }
}
