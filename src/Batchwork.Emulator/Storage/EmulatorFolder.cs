namespace Batchwork.Emulator.Storage;

/// <summary>The folder all state lives in. One process at a time: the lock goes with the process, however it ends.</summary>
internal sealed class EmulatorFolder : IDisposable
{
    private readonly bool _temporary;
    private readonly FileStream _lock;

    public EmulatorFolder(string? path)
    {
        _temporary = path is null;
        Root = path is null
            ? Directory.CreateTempSubdirectory("batchwork-emulator-").FullName
            : Directory.CreateDirectory(Path.GetFullPath(path)).FullName;
        _lock = Lock(Path.Combine(Root, "lock"));
        Batches = Directory.CreateDirectory(Path.Combine(Root, "batches")).FullName;
        Files = Directory.CreateDirectory(Path.Combine(Root, "files")).FullName;
        Results = Directory.CreateDirectory(Path.Combine(Root, "results")).FullName;
        RemoveUnfinished();
    }

    public string Root { get; }

    /// <summary>One record a batch.</summary>
    public string Batches { get; }

    /// <summary>One record a file; for uploads also the content and an index of its lines.</summary>
    public string Files { get; }

    /// <summary>Result files. They can be made again from the records at any time.</summary>
    public string Results { get; }

    public string At(string name) => Path.Combine(Root, name);

    public void Dispose()
    {
        _lock.Dispose();
        if (_temporary)
        {
            try
            {
                Directory.Delete(Root, recursive: true);
            }
            catch (IOException)
            {
                // A download may still hold a file open on systems that mind; the system's own clean-up takes it later.
            }
        }
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException($"The folder {Path.GetDirectoryName(path)} is in use by another emulator.", e);
        }
    }

    private void RemoveUnfinished()
    {
        foreach (var folder in new[] { Root, Batches, Files, Results })
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*" + DurableFile.Unfinished))
            {
                File.Delete(file);
            }
        }
    }
}
