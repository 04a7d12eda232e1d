using System.Text.RegularExpressions;
using Batchwork.Architecture.Tests.Reading;

namespace Batchwork.Architecture.Tests;

/// <summary>The table of ASVS requirements is whole, and the tests it names are there.</summary>
public sealed partial class SecurityTableTests
{
    private const string Table = "docs/security/asvs.md";

    /// <summary>Requirements of ASVS 5.0.0 at the levels 1 and 2.</summary>
    private const int Requirements = 253;

    [Fact]
    public void Table_HasEachRequirementOnceWithAJudgement()
    {
        var rows = Row().Matches(Repository.Read(Table).Text).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(Requirements, rows.Count);
        Assert.Equal(rows.Count, rows.Distinct().Count());
    }

    [Fact]
    public void Table_TestsItNames_AreThere()
    {
        var tests = Repository.Files("tests", ".cs").Where(f => f.Name.EndsWith("Tests.cs", StringComparison.Ordinal)).ToList();
        var classes = tests.Select(f => f.Name[..^3]).ToHashSet(StringComparer.Ordinal);
        var methods = string.Join('\n', tests.Select(f => f.Text));
        foreach (Match name in Named().Matches(Repository.Read(Table).Text))
        {
            Assert.Contains(name.Groups["class"].Value, classes);
            if (name.Groups["method"] is { Success: true, Value: var method })
            {
                Assert.Contains(" " + method.TrimEnd('…', '_'), methods, StringComparison.Ordinal);
            }
        }
    }

    [GeneratedRegex("^\\| (\\d+\\.\\d+\\.\\d+) \\| [12] \\| [^|]+ \\| (?:pass|n\\.a\\.|gap) \\| [^|]+ \\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<class>[A-Z]\\w*Tests)(?:\\.(?<method>[A-Z]\\w*…?))?`")]
    private static partial Regex Named();
}
