using System.Xml.Linq;
using Batchwork.Architecture.Tests.Reading;

namespace Batchwork.Architecture.Tests.Rules;

/// <summary>What the project files may say.</summary>
internal static class ProjectRules
{
    // Dashboard → Engine → Batchwork; the emulator is the other side of the wire and shares nothing.
    private static readonly Dictionary<string, string[]> s_mayReference = new()
    {
        ["Batchwork"] = [],
        ["Batchwork.Engine"] = ["Batchwork"],
        ["Batchwork.Emulator"] = [],
        ["Batchwork.Dashboard"] = ["Batchwork.Engine", "Batchwork.Emulator"],
    };

    // Neither of them is a web project; the rest of the framework comes through packages.
    private static readonly string[] s_withoutWeb = ["Batchwork", "Batchwork.Engine"];

    public static IEnumerable<string> ReferencesPointOneWay(IEnumerable<SourceFile> projects)
    {
        foreach (var project in projects.Where(project => project.IsIn("src")))
        {
            var name = NameOf(project);
            if (!s_mayReference.TryGetValue(name, out var allowed))
            {
                yield return $"{name} is new below src: say in ProjectRules what it may reference.";
                continue;
            }

            foreach (var reference in Items(project, "ProjectReference").Select(item => Include(item).Replace('\\', '/')))
            {
                var referenced = Path.GetFileNameWithoutExtension(reference);
                if (!allowed.Contains(referenced))
                {
                    yield return $"{name} references {referenced}.";
                }
            }
        }
    }

    public static IEnumerable<string> LibraryTakesOnlyMicrosoftExtensions(IEnumerable<SourceFile> projects) =>
        from project in projects
        where NameOf(project) == "Batchwork"
        from item in Items(project, "PackageReference")
        where item.Attribute("PrivateAssets")?.Value != "all" && !Include(item).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
        select $"Batchwork takes the package {Include(item)}.";

    public static IEnumerable<string> NoWebBelowTheDashboard(IEnumerable<SourceFile> projects)
    {
        foreach (var project in projects.Where(project => s_withoutWeb.Contains(NameOf(project))))
        {
            var sdk = XDocument.Parse(project.Text).Root!.Attribute("Sdk")?.Value;
            if (sdk != "Microsoft.NET.Sdk")
            {
                yield return $"{NameOf(project)} uses the SDK {sdk}.";
            }

            foreach (var item in Items(project, "FrameworkReference").Concat(Items(project, "PackageReference")))
            {
                if (Include(item).StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal))
                {
                    yield return $"{NameOf(project)} takes {Include(item)}.";
                }
            }
        }
    }

    public static IEnumerable<string> VersionsAreCentral(IEnumerable<SourceFile> projects) =>
        from project in projects
        from item in Items(project, "PackageReference")
        where item.Attribute("Version") is not null
            || item.Attribute("VersionOverride") is not null
            || item.Elements().Any(child => child.Name.LocalName == "Version")
        select $"{project.Path} gives {Include(item)} a version: it belongs into Directory.Packages.props.";

    public static IEnumerable<string> SolutionHoldsAllProjects(IEnumerable<SourceFile> projects, string solution)
    {
        var held = solution.Replace('\\', '/');
        return projects
            .Where(project => !held.Contains($"\"{project.Path}\"", StringComparison.Ordinal))
            .Select(project => $"{project.Path} is not in the solution.");
    }

    private static string NameOf(SourceFile project) => Path.GetFileNameWithoutExtension(project.Path);

    private static IEnumerable<XElement> Items(SourceFile project, string kind) =>
        XDocument.Parse(project.Text).Descendants().Where(element => element.Name.LocalName == kind);

    private static string Include(XElement item) => item.Attribute("Include")?.Value ?? item.Attribute("Update")?.Value ?? "";
}
