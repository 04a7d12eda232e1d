using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Batchwork.Architecture.Tests.Reading;

/// <summary>
/// Compiles code that a test made up, so that each rule can be shown to catch what it forbids: a rule that finds nothing in a
/// room that is still empty has proven nothing.
/// </summary>
internal static class MadeUp
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Threading.Tasks;\n";

    // The products themselves stay out: a made-up "Batchwork" takes their place.
    private static readonly IReadOnlyList<MetadataReference> s_references =
    [
        .. AssemblyShelf.Known
            .Where(known => !known.Key.StartsWith("Batchwork", StringComparison.OrdinalIgnoreCase))
            .Select(known => MetadataReference.CreateFromFile(known.Value)),
    ];

    /// <summary>Compiles files into assemblies. The first folder below <c>src</c> names the assembly, and each one sees those before it.</summary>
    public static CodeBase Code(params (string Path, string Text)[] files)
    {
        var sources = files.Select(file => new SourceFile(file.Path, file.Text)).ToList();
        var shelf = new AssemblyShelf();
        var references = s_references.ToList();
        var assemblies = sources.GroupBy(source => source.Path.Split('/')[1]).Select(project =>
        {
            var image = Compile(project.Key, project, references);
            references.Add(MetadataReference.CreateFromImage(image));
            return shelf.Read(new MemoryStream(image));
        }).ToList();
        return new CodeBase(assemblies, sources);
    }

    /// <summary>Files that need no compiling.</summary>
    public static IReadOnlyList<SourceFile> Files(params (string Path, string Text)[] files) =>
        [.. files.Select(file => new SourceFile(file.Path, file.Text))];

    private static byte[] Compile(string name, IEnumerable<SourceFile> sources, IEnumerable<MetadataReference> references)
    {
        var trees = sources.Where(source => source.Extension == ".cs")
            .Select(source => CSharpSyntaxTree.ParseText(Usings + source.Text, path: source.Path))
            .ToList();
        var isProgram = trees.Exists(tree => tree.GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax));
        var compilation = CSharpCompilation.Create(name, trees, references, new CSharpCompilationOptions(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        var faults = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        return faults.Count == 0 ? image.ToArray() : throw new InvalidOperationException("The made-up code does not compile:\n" + string.Join('\n', faults));
    }
}
