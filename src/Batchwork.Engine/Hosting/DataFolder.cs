using Microsoft.Extensions.Options;

namespace Batchwork.Engine.Hosting;

/// <summary>Where everything lies. Only the process's own user may look into it.</summary>
public sealed class DataFolder
{
    public DataFolder(IOptions<EngineOptions> options)
    {
        Root = Path.GetFullPath(options.Value.DataFolder);
        foreach (var folder in new[] { Root, Images, Thumbnails, Spool, Keys })
        {
            Create(folder);
        }
    }

    public string Root { get; }

    public string Database => Path.Combine(Root, "batchwork.db");

    public string Images => Path.Combine(Root, "images");

    public string Thumbnails => Path.Combine(Root, "thumbnails");

    /// <summary>Half-written things; emptied at start.</summary>
    public string Spool => Path.Combine(Root, "spool");

    /// <summary>The Data Protection key ring.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>The state of the demo's emulator.</summary>
    public string Demo => Path.Combine(Root, "demo");

    /// <summary>The number of the latest start; see <see cref="Restoring.EpochFile"/>.</summary>
    public string Epoch => Path.Combine(Root, "EPOCH");

    public string LockFile => Path.Combine(Root, "LOCK");

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
