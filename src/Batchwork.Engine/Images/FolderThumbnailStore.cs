using Batchwork.Engine.Hosting;

namespace Batchwork.Engine.Images;

/// <summary>Thumbnails in the data folder, <c>thumbnails/ab/cd/&lt;sha256&gt;.webp</c>.</summary>
internal sealed class FolderThumbnailStore(DataFolder folder) : IThumbnailStore
{
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

    private string PathOf(string sha256) => Path.Combine(folder.Thumbnails, sha256[..2], sha256[2..4], sha256 + ".webp");
}
