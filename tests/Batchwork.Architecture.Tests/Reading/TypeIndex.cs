using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Batchwork.Architecture.Tests.Reading;

/// <summary>
/// Says in which folder a type is written. The namespace does not tell: the library publishes most of its types as plain <c>Batchwork</c>.
/// </summary>
internal sealed class TypeIndex
{
    private readonly Dictionary<string, List<SourceFile>> _files = new(StringComparer.Ordinal);

    public TypeIndex(IEnumerable<SourceFile> sources)
    {
        foreach (var source in sources)
        {
            foreach (var name in DeclaredTypes(source))
            {
                if (!_files.TryGetValue(name, out var files))
                {
                    _files[name] = files = [];
                }

                files.Add(source);
            }
        }
    }

    /// <summary>Where a top-level type is written; several files for a partial one, none for a type that is not ours.</summary>
    public IReadOnlyList<SourceFile> FilesOf(string fullName) => _files.TryGetValue(fullName, out var files) ? files : [];

    /// <summary>The full names of the top-level types in a file, generic ones with their arity (<c>Name`1</c>).</summary>
    public static IReadOnlyList<string> DeclaredTypes(SourceFile source) => source.Extension switch
    {
        ".cs" => [.. TypesOfCode(source.Text)],
        ".razor" => [RazorType(source)],
        _ => [],
    };

    private static IEnumerable<string> TypesOfCode(string code)
    {
        var root = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Latest)).GetCompilationUnitRoot();
        if (root.Members.Any(member => member is GlobalStatementSyntax))
        {
            yield return "Program";
        }

        foreach (var type in root.DescendantNodes(node => node is not (BaseTypeDeclarationSyntax or BlockSyntax)).OfType<MemberDeclarationSyntax>())
        {
            var (name, arity) = type switch
            {
                TypeDeclarationSyntax declared => (declared.Identifier.ValueText, declared.TypeParameterList?.Parameters.Count ?? 0),
                EnumDeclarationSyntax declared => (declared.Identifier.ValueText, 0),
                DelegateDeclarationSyntax declared => (declared.Identifier.ValueText, declared.TypeParameterList?.Parameters.Count ?? 0),
                _ => (null, 0),
            };
            if (name is not null)
            {
                var spaces = type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(space => space.Name.ToString());
                yield return string.Join('.', spaces.Append(arity == 0 ? name : $"{name}`{arity}"));
            }
        }
    }

    // src/Batchwork.Dashboard/Features/Home/HomePage.razor becomes Batchwork.Dashboard.Features.Home.HomePage.
    private static string RazorType(SourceFile source) => string.Join('.', source.Path[..^".razor".Length].Split('/').Skip(1));
}
