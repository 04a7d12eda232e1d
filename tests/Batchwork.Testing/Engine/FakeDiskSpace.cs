using Batchwork.Engine.Hosting;

namespace Batchwork.Testing.Engine;

/// <summary>A disk that is as full as a test wants. Without more: a terabyte, half of it free.</summary>
public sealed class FakeDiskSpace : IDiskSpace
{
    public const long Gibibyte = 1024L * 1024 * 1024;

    public DiskRoom Room { get; set; } = new(512 * Gibibyte, 1024 * Gibibyte);

    public DiskRoom Measure() => Room;
}
