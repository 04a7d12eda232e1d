namespace Batchwork.EndToEnd.Tests.Browsing;

/// <summary>Finds the Chrome or Chromium of this machine, in the same places and order as <c>tests/run.sh</c>.</summary>
internal static class InstalledBrowser
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private static readonly string[] s_paths =
        ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"];

    public static string Find()
    {
        if (Environment.GetEnvironmentVariable("BATCHWORK_CHROMIUM") is { Length: > 0 } named)
        {
            return named;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return s_names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).Concat(s_paths).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                "No Chrome or Chromium is installed. \"bash tests/run.sh\" installs one where it can; BATCHWORK_CHROMIUM names another one.");
    }
}
