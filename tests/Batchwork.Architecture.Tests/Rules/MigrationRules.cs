using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Batchwork.Architecture.Tests.Reading;

namespace Batchwork.Architecture.Tests.Rules;

/// <summary>Migrations are only added: one that has run somewhere and is edited later makes two databases of one version that differ.</summary>
internal static partial class MigrationRules
{
    /// <summary>Where the fingerprints are kept, one <c>SHA-256 path</c> a line, the oldest first.</summary>
    public const string List = "tests/Batchwork.Architecture.Tests/migrations.sha256";

    public static IEnumerable<string> MigrationsStayAsTheyWere(IEnumerable<SourceFile> files, string list)
    {
        var listed = list.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(parts => parts[1], parts => parts[0], StringComparer.Ordinal);
        var present = files.Where(IsMigration).ToDictionary(file => file.Path, Fingerprint, StringComparer.Ordinal);

        foreach (var (path, fingerprint) in listed)
        {
            if (!present.TryGetValue(path, out var now))
            {
                yield return $"{path} is gone: a migration that was published stays.";
            }
            else if (now != fingerprint)
            {
                yield return $"{path} was edited: add a new migration instead (its fingerprint was {fingerprint} and is {now}).";
            }
        }

        foreach (var (path, fingerprint) in present.Where(file => !listed.ContainsKey(file.Key)))
        {
            yield return $"{path} is new: add the line \"{fingerprint} {path}\" to {List}.";
        }
    }

    public static string Fingerprint(SourceFile file) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Text.ReplaceLineEndings("\n"))));

    // 20261122101500_FirstTables.cs, but neither its .Designer.cs nor the model's snapshot, which change with EF Core's version.
    private static bool IsMigration(SourceFile file) => file.Folder.EndsWith("/Migrations", StringComparison.Ordinal) && MigrationName().IsMatch(file.Name);

    [GeneratedRegex(@"^\d{14}_\w+\.cs$")]
    private static partial Regex MigrationName();
}
