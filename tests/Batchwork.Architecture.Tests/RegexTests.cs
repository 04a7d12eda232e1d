using Batchwork.Architecture.Tests.Reading;
using Batchwork.Architecture.Tests.Rules;

namespace Batchwork.Architecture.Tests;

public sealed class RegexTests
{
    private const string Code = """
        using System.Text.RegularExpressions;
        class A
        {
            [GeneratedRegex("(a+)+$")] static Regex Bare() => null!;
            [GeneratedRegex("(b+)+$", RegexOptions.IgnoreCase)] static Regex WithOptions() => null!;
            [GeneratedRegex("(c+)+$", RegexOptions.None, -1)] static Regex WithoutTime() => null!;
            [GeneratedRegex("(d+)+$")] static Regex Property => null!;
            [GeneratedRegex("(e+)+$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)] static Regex Fine() => null!;
            [GeneratedRegex("(f+)+$", RegexOptions.None, 1000)] static Regex Timed() => null!;
            bool Made(string s) => new Regex("(a+)+$", RegexOptions.NonBacktracking).IsMatch(s);
            bool Static(string s) => Regex.IsMatch(s, "(a+)+$");
            string Escaped(string s) => Regex.Escape(s);
            bool Used(string s) => Fine().IsMatch(s);
        }
        """;

    [Fact]
    public void Expressions_InThisRepository_End() => Findings.AreNone(RegexRules.ExpressionsEnd(CodeBase.Product));

    [Fact]
    public void Expressions_MadeUpThatMayNotEnd_AreCaught() => Findings.Are(
        RegexRules.ExpressionsEnd(MadeUp.Code(("src/Batchwork/A.cs", Code))),
        "A::Bare()",
        "A::WithOptions()",
        "A::WithoutTime()",
        "A::Property()");

    [Fact]
    public void Expressions_InThisRepository_AreGenerated() => Findings.AreNone(RegexRules.ExpressionsAreGenerated(CodeBase.Product));

    [Fact]
    public void Expressions_MadeUpAtRunTime_AreCaught() => Findings.Are(
        RegexRules.ExpressionsAreGenerated(MadeUp.Code(("src/Batchwork/A.cs", Code))),
        "Regex::.ctor",
        "Regex::IsMatch");
}
