namespace Batchwork.Engine.Scheduling;

/// <summary>When a worker worked last, and how that went.</summary>
/// <param name="Worker">Its name for people, for example <c>Sending, polling and storing</c>.</param>
/// <param name="Every">How often it is woken.</param>
/// <param name="LastAt">When it worked last in this process; <see langword="null"/> when it has not yet.</param>
/// <param name="Took">How long that took.</param>
/// <param name="Failed">Whether it ended with an error. The log has it.</param>
public sealed record WorkerBeat(string Worker, TimeSpan Every, DateTimeOffset? LastAt, TimeSpan Took, bool Failed);
