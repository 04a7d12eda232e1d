using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures.Layers;

/// <summary>One sheet of a relief: what lies above its level shows its fill.</summary>
internal readonly record struct Sheet(float Level, Fill Fill);
