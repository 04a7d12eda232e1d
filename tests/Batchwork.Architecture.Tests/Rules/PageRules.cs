using System.Text.RegularExpressions;
using Batchwork.Architecture.Tests.Reading;

namespace Batchwork.Architecture.Tests.Rules;

/// <summary>What every page and every file sent to a browser keeps to.</summary>
internal static partial class PageRules
{
    public static IEnumerable<string> PagesEndInPage(IEnumerable<SourceFile> files) =>
        from file in Pages(files)
        where !file.Name.EndsWith("Page.razor", StringComparison.Ordinal)
        select $"{file.Path} has an address, so its name ends in Page.";

    // Without one a screen reader announces the address, and axe calls it serious. PageHeader writes one.
    public static IEnumerable<string> PagesHaveATitle(IEnumerable<SourceFile> files) =>
        from file in Pages(files)
        where !file.TextWithoutComments.Contains("<PageTitle", StringComparison.Ordinal)
            && !file.TextWithoutComments.Contains("<PageHeader", StringComparison.Ordinal)
        select $"{file.Path} has neither <PageTitle> nor <PageHeader>.";

    // The app serves all it needs, so that it works without the internet and tells nobody who looks at what.
    // Plain links (<a href>) may lead out.
    public static IEnumerable<string> AssetsAreOurs(IEnumerable<SourceFile> files) =>
        from file in files
        from Match match in ForeignAsset().Matches(file.TextWithoutComments)
        select $"{file.Path} loads {match.Value.Trim()}";

    public static IEnumerable<string> NothingIsLeftToDo(IEnumerable<SourceFile> files) =>
        from file in files
        from Match match in LeftToDo().Matches(file.Text)
        select $"{file.Path} says {match.Value}.";

    private static IEnumerable<SourceFile> Pages(IEnumerable<SourceFile> files) =>
        files.Where(file => file.Extension == ".razor" && PageDirective().IsMatch(file.TextWithoutComments));

    [GeneratedRegex("^@page\\s|@attribute\\s+\\[Route\\(", RegexOptions.Multiline)]
    private static partial Regex PageDirective();

    [GeneratedRegex("""
        <(?:script|link|img|source|video|audio|track|iframe|embed|object|image|use|form)\b[^>]*?\b(?:src|href|srcset|data|poster|action)\s*=\s*["']?(?:https?:)?//[^"'\s>]*
        |url\(\s*["']?(?:https?:)?//[^"')\s]*
        |@import\s+["'](?:https?:)?//[^"']*
        |\b(?:import|from|importScripts|fetch|Worker)\b\s*\(?\s*["'`](?:https?:)?//[^"'`]*
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase)]
    private static partial Regex ForeignAsset();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex LeftToDo();
}
