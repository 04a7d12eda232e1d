namespace Batchwork.Engine.Connections;

/// <summary>What came of saving a connection: its id, or what is wrong with the form.</summary>
public sealed record ConnectionSaved
{
    private ConnectionSaved()
    {
    }

    /// <summary>The connection; <see langword="null"/> when nothing was saved.</summary>
    public Guid? Id { get; private init; }

    public IReadOnlyList<ConnectionFault> Faults { get; private init; } = [];

    internal static ConnectionSaved As(Guid id) => new() { Id = id };

    internal static ConnectionSaved Refused(IReadOnlyList<ConnectionFault> faults) => new() { Faults = faults };
}
