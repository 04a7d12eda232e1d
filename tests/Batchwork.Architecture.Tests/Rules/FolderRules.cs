using Batchwork.Architecture.Tests.Reading;

namespace Batchwork.Architecture.Tests.Rules;

/// <summary>A folder is a feature or a step of the flow, never a kind of class.</summary>
internal static class FolderRules
{
    private static readonly string[] s_forbidden = ["Helpers", "Interfaces", "Managers", "Models", "Services", "Utils"];

    public static IEnumerable<string> FoldersAreNoKindsOfClass(IEnumerable<SourceFile> files) =>
        from file in files
        let kind = file.Folder.Split('/').FirstOrDefault(folder => s_forbidden.Contains(folder, StringComparer.OrdinalIgnoreCase))
        where kind is not null
        select $"{file.Folder} has a folder named {kind}.";

    /// <summary>Where a folder is also a type, the plain name means one thing in one file and another in the next.</summary>
    public static IEnumerable<string> FoldersAreNotNamedLikeATypeInThem(IEnumerable<SourceFile> files) =>
        from file in files
        // Not the project's own folder: its parts are joined by dots ("Batchwork.Engine") and cannot be a type's name.
        let folders = file.Folder.Split('/').Skip(2).ToList()
        from type in TypeIndex.DeclaredTypes(file)
        let name = type.Split('.')[^1].Split('`')[0]
        where folders.Contains(name)
        select $"{file.Path} has the type {name} in a folder of that name.";
}
