using System.Text.Json;
using System.Xml.Linq;
using Batchwork.Architecture.Tests.Reading;

namespace Batchwork.Architecture.Tests.SupplyChain;

/// <summary>Reads what restore resolved for the dashboard, which is everything that is shipped.</summary>
internal static class PackageReader
{
    private const string Product = "src/Batchwork.Dashboard";

    // What their texts say, for packages that name a file instead of an SPDX expression. Read again when the version changes.
    private static readonly Dictionary<string, string> s_readByHand = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sylvan.data.csv/1.4.4 file:license.txt"] = "MIT",
    };

    public static IReadOnlyList<Package> Read()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, Product, "obj", "project.assets.json")));
        var root = assets.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToList();
        var libraries = root.GetProperty("libraries");
        var target = root.GetProperty("targets").EnumerateObject().First().Value;
        var packages = new List<Package>();
        foreach (var library in target.EnumerateObject().Where(l => l.Value.GetProperty("type").GetString() == "package"))
        {
            var (id, version) = Split(library.Name);
            var facts = libraries.GetProperty(library.Name);
            var sha512 = facts.TryGetProperty("sha512", out var hash) ? Convert.ToHexStringLower(Convert.FromBase64String(hash.GetString()!)) : string.Empty;
            packages.Add(new Package(id, version, sha512, LicenseOf(folders, facts.GetProperty("path").GetString()!), IsShipped(library.Value), Needs(library.Value)));
        }

        return [.. packages.OrderBy(p => p.Id, StringComparer.OrdinalIgnoreCase)];
    }

    private static (string Id, string Version) Split(string name) => name.Split('/') is [var id, var version] ? (id, version) : throw new FormatException(name);

    private static bool IsShipped(JsonElement package) =>
        new[] { "runtime", "runtimeTargets", "native" }.Any(kind =>
            package.TryGetProperty(kind, out var files) && files.EnumerateObject().Any(f => !f.Name.EndsWith("/_._", StringComparison.Ordinal)))
        || package.TryGetProperty("contentFiles", out _)
        || package.TryGetProperty("build", out _);

    private static List<string> Needs(JsonElement package) =>
        package.TryGetProperty("dependencies", out var needs) ? [.. needs.EnumerateObject().Select(n => n.Name)] : [];

    private static string LicenseOf(IEnumerable<string> folders, string path)
    {
        var specification = folders.SelectMany(f => Directory.Exists(Path.Combine(f, path)) ? Directory.EnumerateFiles(Path.Combine(f, path), "*.nuspec") : []).FirstOrDefault();
        if (specification is null)
        {
            return string.Empty;
        }

        var metadata = XDocument.Load(specification).Root!.Elements().First(e => e.Name.LocalName == "metadata");
        var license = metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "license");
        var address = metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "licenseUrl")?.Value ?? string.Empty;
        var told = license?.Attribute("type")?.Value == "expression" ? license.Value : license is null ? address : $"file:{license.Value}";
        return s_readByHand.GetValueOrDefault($"{path} {told}", told);
    }
}
