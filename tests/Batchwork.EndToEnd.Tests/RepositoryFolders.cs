namespace Batchwork.EndToEnd.Tests;

/// <summary>Where things are in the repository this test was built from.</summary>
internal static class RepositoryFolders
{
    public static string Root { get; } = FindRoot();

    /// <summary>What tests leave to be looked at; ignored by git.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>The built app of a project, in the configuration and framework of this test.</summary>
    public static string BuiltApp(string project)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var app = Path.Combine(Root, "src", project, "bin", framework.Parent!.Name, framework.Name, project + ".dll");
        return File.Exists(app) ? app : throw new InvalidOperationException($"{app} is not built.");
    }

    // Not by the compiler's caller path: a CI build maps it to "/_/".
    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Batchwork.Dashboard.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Batchwork.Dashboard.sln in any folder above {AppContext.BaseDirectory}.");
    }
}
