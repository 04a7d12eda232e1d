using System.Text.RegularExpressions;
using Batchwork.Architecture.Tests.Reading;
using Mono.Cecil;

namespace Batchwork.Architecture.Tests.Rules;

/// <summary>
/// No text from outside can keep an expression busy: each is generated, and either does not backtrack or has a time after which it gives up.
/// </summary>
internal static class RegexRules
{
    private const string Generated = "System.Text.RegularExpressions.GeneratedRegexAttribute";

    // What the generator writes.
    private const string OfTheGenerator = "System.Text.RegularExpressions.Generated.";

    public static IEnumerable<string> ExpressionsEnd(CodeBase code) =>
        from type in code.Types
        from member in type.Methods.Cast<ICustomAttributeProvider>().Concat(type.Properties)
        from attribute in member.CustomAttributes
        where attribute.AttributeType.FullName == Generated && !Ends(attribute)
        select $"{((MemberReference)member).FullName} may backtrack without end: give it RegexOptions.NonBacktracking, or a time.";

    public static IEnumerable<string> ExpressionsAreGenerated(CodeBase code) =>
        from use in code.Uses
        where use.Called is { } called && IsMadeAtRunTime(called) && !use.From.FullName.StartsWith(OfTheGenerator, StringComparison.Ordinal)
        select $"{use.From.FullName} calls {use.Called!.FullName}: write it as [GeneratedRegex], where its options are seen.";

    private static bool Ends(CustomAttribute attribute)
    {
        var numbers = attribute.ConstructorArguments.Select(a => a.Value).OfType<int>().ToList();
        return numbers is [var options, ..] && (((RegexOptions)options).HasFlag(RegexOptions.NonBacktracking) || numbers is [_, > 0, ..]);
    }

    // The static helpers take the pattern as a text; on an expression the same names take only what is searched.
    private static bool IsMadeAtRunTime(MethodReference called) =>
        called.DeclaringType.FullName == "System.Text.RegularExpressions.Regex" && (called.Name == ".ctor" || (!called.HasThis && called.Name is not ("Escape" or "Unescape")));
}
