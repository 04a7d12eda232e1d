using Mono.Cecil;

namespace Batchwork.Architecture.Tests.Reading;

/// <summary>Finds the assemblies that a read one refers to: made-up ones first, then those this test run was started with.</summary>
internal sealed class AssemblyShelf : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition> _read = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The path of every assembly the runtime knows, by its simple name.</summary>
    public static IReadOnlyDictionary<string, string> Known { get; } =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .GroupBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(paths => paths.Key, paths => paths.First(), StringComparer.OrdinalIgnoreCase);

    public AssemblyDefinition Read(string path) => Keep(AssemblyDefinition.ReadAssembly(path, Parameters()));

    public AssemblyDefinition Read(Stream image) => Keep(AssemblyDefinition.ReadAssembly(image, Parameters()));

    public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, Parameters());

    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (_read.TryGetValue(name.Name, out var known))
        {
            return known;
        }

        return Known.TryGetValue(name.Name, out var path) ? Read(path) : throw new AssemblyResolutionException(name);
    }

    public void Dispose()
    {
        foreach (var assembly in _read.Values)
        {
            assembly.Dispose();
        }
    }

    private ReaderParameters Parameters() => new() { AssemblyResolver = this, InMemory = true };

    private AssemblyDefinition Keep(AssemblyDefinition assembly) => _read[assembly.Name.Name] = assembly;
}
