using System.Text;

namespace Batchwork.Engine.Hosting;

/// <summary>
/// One process a data folder. The operating system drops the lock when the process dies, however it dies, so holding it proves that every
/// lease and every migration lock found in the database is a dead process's.
/// </summary>
public sealed class DataFolderLock : IDisposable
{
    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The lock; it is held until it is disposed.</returns>
    /// <exception cref="DataFolderInUseException">Another process holds it.</exception>
    public static DataFolderLock Take(DataFolder folder)
    {
        try
        {
            // FileShare.None takes an exclusive advisory lock (flock) on Linux and macOS.
            var file = new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes($"{Environment.ProcessId}\n"));
            file.Flush();
            return new DataFolderLock(file);
        }
        catch (IOException e)
        {
            throw new DataFolderInUseException(folder.Root, e);
        }
    }

    public void Dispose() => _file.Dispose();
}
