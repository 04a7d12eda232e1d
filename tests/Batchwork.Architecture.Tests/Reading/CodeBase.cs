using Mono.Cecil;

namespace Batchwork.Architecture.Tests.Reading;

/// <summary>Compiled assemblies together with the files they were made from: what the layering rules are asked about.</summary>
internal sealed class CodeBase(IReadOnlyList<AssemblyDefinition> assemblies, IReadOnlyList<SourceFile> sources)
{
    private static readonly string[] s_products = ["Batchwork", "Batchwork.Engine", "Batchwork.Emulator", "Batchwork.Dashboard"];

    private readonly TypeIndex _index = new(sources);

    /// <summary>This repository's four products, as built with this test.</summary>
    public static CodeBase Product { get; } = ReadProduct();

    public IReadOnlyList<AssemblyDefinition> Assemblies => assemblies;

    public IReadOnlyList<SourceFile> Sources => sources;

    /// <summary>All types of ours, nested ones too.</summary>
    public IReadOnlyList<TypeDefinition> Types { get; } = [.. assemblies.SelectMany(assembly => assembly.MainModule.GetTypes())];

    public IReadOnlyList<TypeUse> Uses { get; } = [.. assemblies.SelectMany(assembly => assembly.MainModule.Types).SelectMany(TypeUseReader.Read)];

    public AssemblyDefinition Assembly(string name) => assemblies.Single(assembly => assembly.Name.Name == name);

    /// <summary>Whether a type is written below a folder, for example <c>src/Batchwork/Http</c>.</summary>
    public bool IsIn(TypeReference type, string folder)
    {
        var outermost = type;
        while (outermost.DeclaringType is { } declaring)
        {
            outermost = declaring;
        }

        return _index.FilesOf(outermost.FullName).Any(file => file.IsIn(folder));
    }

    private static CodeBase ReadProduct()
    {
        var shelf = new AssemblyShelf();
        return new CodeBase(
            [.. s_products.Select(name => shelf.Read(AssemblyShelf.Known[name]))],
            Repository.Files("src", ".cs", ".razor"));
    }
}
