namespace Batchwork.Engine.Scheduling;

/// <summary>Says that something may have become due just now, so that nobody waits for the next tick.</summary>
public interface IWorkSignal
{
    /// <summary>Wakes the workers. Never blocks and never throws.</summary>
    void Wake();
}
