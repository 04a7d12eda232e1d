namespace Batchwork.Engine.Workspaces;

/// <summary>From where somebody acts, for the audit log.</summary>
/// <param name="Address">The network address.</param>
/// <param name="Device">Browser and system, in words.</param>
public sealed record Origin(string? Address, string? Device);
