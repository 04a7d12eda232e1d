namespace Batchwork.Architecture.Tests.Reading;

/// <summary>The files of this repository as they are on the disk.</summary>
internal static class Repository
{
    public const string Solution = "Batchwork.Dashboard.sln";

    private static readonly string[] s_notOurs = ["bin", "obj", "artifacts", "node_modules", "TestResults", ".git"];

    public static string Root { get; } = FindRoot();

    /// <summary>All files below a folder that have one of the extensions, without what builds and tools leave behind.</summary>
    public static IReadOnlyList<SourceFile> Files(string folder, params string[] extensions)
    {
        var start = Path.Combine(Root, folder);
        return !Directory.Exists(start)
            ? []
            : [.. Walk(new DirectoryInfo(start))
                .Where(file => extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
                .OrderBy(file => file.FullName, StringComparer.Ordinal)
                .Select(file => Read(Path.GetRelativePath(Root, file.FullName)))];
    }

    public static SourceFile Read(string path) => new(path.Replace('\\', '/'), File.ReadAllText(Path.Combine(Root, path)));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(sub => !s_notOurs.Contains(sub.Name)).SelectMany(Walk));

    // Not by the compiler's caller path: a CI build maps it to "/_/".
    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No {Solution} in any folder above {AppContext.BaseDirectory}.");
    }
}
