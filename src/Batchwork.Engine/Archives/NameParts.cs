namespace Batchwork.Engine.Archives;

/// <summary>What a picture's name can be made of.</summary>
internal readonly record struct NameParts
{
    public required int Number { get; init; }

    /// <summary>Digits of the largest row number of the job.</summary>
    public required int NumberDigits { get; init; }

    public required string CustomId { get; init; }

    public required int Index { get; init; }

    public required string Job { get; init; }

    public required string Model { get; init; }

    public string Prompt { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }
}
