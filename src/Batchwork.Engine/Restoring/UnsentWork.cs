namespace Batchwork.Engine.Restoring;

/// <summary>What is planned and not sent yet.</summary>
/// <param name="Jobs">Jobs with something left to send.</param>
/// <param name="Requests">Requests that are left to send.</param>
public sealed record UnsentWork(int Jobs, int Requests);
