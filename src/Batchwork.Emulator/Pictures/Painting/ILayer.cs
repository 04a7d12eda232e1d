namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>One shape or wash of a picture, painted line by line.</summary>
internal interface ILayer
{
    /// <summary>The first line it touches.</summary>
    float Top => float.NegativeInfinity;

    /// <summary>The line after the last it touches.</summary>
    float Bottom => float.PositiveInfinity;

    /// <summary>Paints its part of a line.</summary>
    void Paint(Row row);
}
