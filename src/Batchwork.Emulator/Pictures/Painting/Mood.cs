namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>What a palette feels like.</summary>
internal enum Mood
{
    Dawn,
    Sunset,
    Sea,
    Forest,
    Meadow,
    Night,
    Mist,
    Rose,
    Earth,
    Candy,
    Citrus,
    Ice,
}
