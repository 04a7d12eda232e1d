using Batchwork.Engine.Scheduling;

namespace Batchwork.Testing.Engine;

/// <summary>Wakes nobody: tests run due work themselves.</summary>
public sealed class FakeWorkSignal : IWorkSignal
{
    public int Wakes { get; private set; }

    public void Wake() => Wakes++;
}
