using System.Text.RegularExpressions;

namespace Batchwork.CrashHarness.Judging;

/// <summary>
/// Reads from a trace of system calls whether pictures were made durable in the right order: the file is flushed, then renamed into place, then its folder
/// is flushed. A kill cannot show a missing flush, because what the process has written stays in the system's memory; only a power cut would.
/// </summary>
internal static partial class DurableOrder
{
    public static string? FindFault(IEnumerable<string> trace)
    {
        var flushed = new HashSet<string>(StringComparer.Ordinal);
        var unflushedFolders = new HashSet<string>(StringComparer.Ordinal);
        var pictures = 0;
        foreach (var line in trace)
        {
            if (Flush().Match(line) is { Success: true } flush)
            {
                flushed.Add(flush.Groups[1].Value);
                unflushedFolders.Remove(flush.Groups[1].Value);
            }
            else if (Rename().Match(line) is { Success: true } rename && rename.Groups[2].Value.Contains("/images/", StringComparison.Ordinal))
            {
                pictures++;
                unflushedFolders.Add(Path.GetDirectoryName(rename.Groups[2].Value)!);
                if (!flushed.Contains(rename.Groups[1].Value))
                {
                    return $"I5: {Path.GetFileName(rename.Groups[2].Value)} was renamed into place without being flushed before.";
                }
            }
        }

        return pictures == 0 ? "No picture was renamed into place, so nothing was tested."
            : unflushedFolders.Count > 0 ? $"I5: the folder {unflushedFolders.First()} was not flushed after its last picture."
            : null;
    }

    [GeneratedRegex("""\bf(?:data)?sync\(\d+<([^>]+)>""")]
    private static partial Regex Flush();

    [GeneratedRegex("""\brename\w*\((?:[^"]*, )?"([^"]+)", (?:[^"]*, )?"([^"]+)""")]
    private static partial Regex Rename();
}
