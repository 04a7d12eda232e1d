using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Batchwork.Architecture.Tests.Reading;

/// <summary>One text file of the repository, or one that a test made up.</summary>
/// <param name="Path">Its path from the repository's root, with forward slashes.</param>
/// <param name="Text">What it says.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>The folder it lies in, for example <c>src/Batchwork/Http</c>.</summary>
    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : "";

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public string Extension => System.IO.Path.GetExtension(Path);

    /// <summary>The text with nothing where comments were. Strings stay.</summary>
    public string TextWithoutComments => Extension switch
    {
        ".cs" => WithoutCodeComments(Text),
        ".css" or ".js" => BlockComment().Replace(Text, " "),
        _ => MarkupComment().Replace(Text, " "),
    };

    public bool IsIn(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static string WithoutCodeComments(string code)
    {
        var root = CSharpSyntaxTree.ParseText(code).GetCompilationUnitRoot();
        return root.ReplaceTrivia(root.DescendantTrivia().Where(IsComment), (_, _) => SyntaxFactory.Space).ToFullString();
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or
        SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex BlockComment();

    [GeneratedRegex(@"@\*.*?\*@|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex MarkupComment();
}
