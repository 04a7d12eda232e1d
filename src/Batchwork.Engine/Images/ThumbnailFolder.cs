using Batchwork.Engine.Hosting;

namespace Batchwork.Engine.Images;

/// <summary>Thumbnails on disk, <c>thumbnails/ab/cd/&lt;sha256&gt;.webp</c>. Nothing is flushed: what a power cut takes is made again.</summary>
internal sealed class ThumbnailFolder(DataFolder folder, TimeProvider time)
{
    /// <summary>A picture on which the process died so often is not opened again: a bug in a decoder must not become a crash loop.</summary>
    private const int MostTries = 3;

    private readonly string _tries = Path.Combine(folder.Thumbnails, "tries");

    public FileStream? OpenRead(string sha256)
    {
        try
        {
            return new FileStream(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public bool Exists(string sha256) => File.Exists(PathOf(sha256));

    public void Save(string sha256, ReadOnlySpan<byte> thumbnail)
    {
        var temporary = Path.Combine(folder.Spool, $"{Guid.CreateVersion7(time.GetUtcNow()):N}.webp");
        File.WriteAllBytes(temporary, thumbnail);
        var target = PathOf(sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(temporary, target, overwrite: true);
    }

    /// <summary>Removes a thumbnail. One that is not there counts as removed.</summary>
    public void Delete(string sha256)
    {
        try
        {
            File.Delete(PathOf(sha256));
        }
        catch (DirectoryNotFoundException)
        {
            // Never made.
        }
    }

    /// <summary>Notes that a picture is about to be opened. The note outlives this process if opening it kills it.</summary>
    /// <returns><see langword="false"/> when that has happened too often.</returns>
    public bool BeginTry(string sha256)
    {
        Directory.CreateDirectory(_tries);
        using var note = new FileStream(TryOf(sha256), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        if (note.Length >= MostTries)
        {
            return false;
        }

        note.WriteByte((byte)'x');
        return true;
    }

    public void EndTry(string sha256) => File.Delete(TryOf(sha256));

    private string PathOf(string sha256) => Path.Combine(folder.Thumbnails, sha256[..2], sha256[2..4], sha256 + ".webp");

    private string TryOf(string sha256) => Path.Combine(_tries, sha256);
}
