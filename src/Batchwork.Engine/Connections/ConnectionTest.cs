namespace Batchwork.Engine.Connections;

/// <summary>What a trial of a connection showed.</summary>
public sealed record ConnectionTest
{
    /// <summary>Whether key and address work.</summary>
    public required bool Works { get; init; }

    /// <summary>What it showed, in a sentence for people.</summary>
    public required string Text { get; init; }

    /// <summary>The models for pictures that the key may use.</summary>
    public IReadOnlyList<TestedModel> Models { get; init; } = [];

    /// <summary>What fits into one batch over this connection, in a sentence for people; providers do not tell a key's own limits.</summary>
    public string? Limits { get; init; }

    /// <summary>What is wrong with the form; nothing was called then.</summary>
    public IReadOnlyList<ConnectionFault> Faults { get; init; } = [];
}
