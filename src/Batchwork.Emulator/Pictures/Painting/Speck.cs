namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>A small disc.</summary>
internal readonly record struct Speck(float X, float Y, float Radius, float Strength);
