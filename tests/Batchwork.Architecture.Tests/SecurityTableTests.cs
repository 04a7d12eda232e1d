using System.Text.RegularExpressions;
using Batchwork.Architecture.Tests.Reading;

namespace Batchwork.Architecture.Tests;

/// <summary>The table of ASVS requirements is whole, and the tests and code that our documents on security name are there.</summary>
public sealed partial class SecurityTableTests
{
    private const string Table = "docs/security/asvs.md";

    /// <summary>Requirements of ASVS 5.0.0 at the levels 1 and 2.</summary>
    private const int Requirements = 253;

    private static readonly Lazy<ILookup<string, string>> s_methods = new(ReadMethods);
    private static readonly Lazy<HashSet<string>> s_words = new(() =>
        [.. Repository.Files("src", ".cs").Concat(Repository.Files("tests", ".cs")).Append(Repository.Read("Directory.Build.props")).SelectMany(f => Word().Matches(f.Text)).Select(m => m.Value)]);

    public static TheoryData<string> Documents => [Table, "docs/security/decisions.md", "SECURITY.md"];

    [Fact]
    public void Table_HasEachRequirementOnceWithAJudgement()
    {
        var rows = Row().Matches(Repository.Read(Table).Text).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(Requirements, rows.Count);
        Assert.Equal(rows.Count, rows.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_WhatItNames_IsThere(string path)
    {
        var text = Repository.Read(path).Text;

        Assert.Empty(MissingTests(text));
        Assert.Empty(MissingCode(text));
    }

    [Theory]
    [InlineData("`NoSuchTests`")]
    [InlineData("`SecurityTableTests.No_SuchTest_IsThere`")]
    [InlineData("`SecurityTableTests.No_SuchTest_…`")]
    [InlineData("`SecurityTableTests.Table_HasEachRequirementOnce`")]
    [InlineData("`LayerTests.Table_HasEachRequirementOnceWithAJudgement`")]
    public void MissingTests_OfANameThatIsNotThere_FindsIt(string text) => Assert.Equal([text.Trim('`')], MissingTests(text));

    [Theory]
    [InlineData("`SecurityTableTests`")]
    [InlineData("`SecurityTableTests.Table_HasEachRequirementOnceWithAJudgement`")]
    [InlineData("`SecurityTableTests.Table_HasEach…`")]
    [InlineData("`Table_HasEachRequirementOnceWithAJudgement`, which names no class")]
    public void MissingTests_OfOneThatIsThere_FindsNothing(string text) => Assert.Empty(MissingTests(text));

    [Fact]
    public void MissingCode_OfANameThatNoCodeHas_FindsIt()
    {
        // Made of two words here, so that this file does not hold it either.
        var gone = "Removed" + "LongAgo";

        Assert.Equal([gone, gone + ".Member"], MissingCode($"`Repository.Files`, `{gone}`, `{gone}.Member`"));
    }

    private static List<string> MissingTests(string text) =>
    [
        .. Test().Matches(text)
            .Where(m => !IsThere(m.Groups["class"].Value, m.Groups["method"].Value))
            .Select(m => m.Groups["name"].Value),
    ];

    private static bool IsThere(string type, string method) =>
        s_methods.Value.Contains(type)
        && (method.Length == 0 || s_methods.Value[type].Any(m => method.EndsWith('…') ? m.StartsWith(method[..^1], StringComparison.Ordinal) : m == method));

    private static List<string> MissingCode(string text) =>
        [.. Code().Matches(text).Select(m => m.Groups[1].Value).Where(name => !name.Split('.').All(s_words.Value.Contains) && !File.Exists(Path.Combine(Repository.Root, name)))];

    /// <summary>The methods of each class of tests; several projects may have one of the same name. An empty one stands for the class itself.</summary>
    private static ILookup<string, string> ReadMethods() => Repository.Files("tests", ".cs")
        .Where(f => f.Name.EndsWith("Tests.cs", StringComparison.Ordinal))
        .SelectMany(f => Method().Matches(f.Text).Select(m => (Class: f.Name[..^3], Method: m.Groups[1].Value)).Append((f.Name[..^3], string.Empty)))
        .ToLookup(m => m.Item1, m => m.Item2, StringComparer.Ordinal);

    [GeneratedRegex("^\\| (\\d+\\.\\d+\\.\\d+) \\| [12] \\| [^|]+ \\| (?:pass|n\\.a\\.|gap) \\| [^|]+ \\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>(?<class>[A-Z]\\w*Tests)(?:\\.(?<method>[A-Z]\\w*…?))?)`")]
    private static partial Regex Test();

    [GeneratedRegex("`([A-Z]\\w+(?:\\.[A-Z]\\w+)*)`")]
    private static partial Regex Code();

    [GeneratedRegex("^ +public (?:static )?(?:async )?\\w+(?:<\\w+>)? (\\w+_\\w+)\\(", RegexOptions.Multiline)]
    private static partial Regex Method();

    [GeneratedRegex("\\w+")]
    private static partial Regex Word();
}
