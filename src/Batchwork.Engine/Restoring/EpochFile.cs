using System.Globalization;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Images;

namespace Batchwork.Engine.Restoring;

/// <summary>The number of the latest start, in a file beside the database. A database that was put back from a backup has an older one.</summary>
internal static class EpochFile
{
    /// <summary>The number; <see langword="null"/> when there is none, or nothing that makes sense.</summary>
    public static long? Read(DataFolder folder) =>
        File.Exists(folder.Epoch) && long.TryParse(File.ReadAllText(folder.Epoch).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : null;

    /// <summary>Writes the number so that it survives a power cut.</summary>
    public static void Write(DataFolder folder, long epoch)
    {
        var temporary = folder.Epoch + ".part";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{epoch}\n")));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, folder.Epoch, overwrite: true);
        DurableFolder.Flush(folder.Root);
    }
}
