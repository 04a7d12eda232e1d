using System.Text.Json;

namespace Batchwork.Tests.Recorded;

/// <summary>Finds the recorded cases: those of this repository, or of the folder that BATCHWORK_VECTORS names.</summary>
internal static class VectorFiles
{
    public const string Variable = "BATCHWORK_VECTORS";

    public static string Folder =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } other ? other : Path.Combine(AppContext.BaseDirectory, "Vectors");

    public static IEnumerable<TheoryDataRow<string>> Names(string category)
    {
        var folder = Path.Combine(Folder, category);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(f => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(f)))
            : [];
    }

    public static Vector Load(string category, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, category, name + ".json")));
        return new Vector(document.RootElement.Clone());
    }
}
