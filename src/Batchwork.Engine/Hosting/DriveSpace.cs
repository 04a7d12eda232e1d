namespace Batchwork.Engine.Hosting;

/// <summary>The room of the disk on which the data folder really lies.</summary>
internal sealed class DriveSpace(DataFolder folder) : IDiskSpace
{
    public DiskRoom Measure()
    {
        var drive = new DriveInfo(folder.Root);
        return new DiskRoom(drive.AvailableFreeSpace, drive.TotalSize);
    }
}
