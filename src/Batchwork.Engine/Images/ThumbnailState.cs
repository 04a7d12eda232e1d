namespace Batchwork.Engine.Images;

/// <summary>What is to be had as a thumbnail of a picture.</summary>
public enum ThumbnailState
{
    /// <summary>Not made yet.</summary>
    Pending = 0,

    /// <summary>Made; if the file is gone it is made again.</summary>
    Made = 1,

    /// <summary>Cannot be made: damaged, too large, or of a type that is never opened. The original can be downloaded.</summary>
    Impossible = 2,
}
