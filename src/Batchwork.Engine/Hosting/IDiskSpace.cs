namespace Batchwork.Engine.Hosting;

/// <summary>Says how much room the data folder's disk has.</summary>
public interface IDiskSpace
{
    /// <summary>Measures the disk.</summary>
    /// <returns>Its room at this moment.</returns>
    DiskRoom Measure();
}
