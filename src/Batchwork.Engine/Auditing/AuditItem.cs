namespace Batchwork.Engine.Auditing;

/// <summary>An entry of the audit log as people read it.</summary>
/// <param name="At">When.</param>
/// <param name="Workspace">The workspace's name; <see langword="null"/> for what concerns the installation.</param>
/// <param name="By">Who.</param>
/// <param name="Action">What.</param>
/// <param name="Subject">With what.</param>
/// <param name="Before">How it was.</param>
/// <param name="After">How it is since.</param>
/// <param name="Address">From which network address.</param>
/// <param name="Device">With which browser and system.</param>
public sealed record AuditItem(
    DateTimeOffset At, string? Workspace, string By, string Action, string Subject, string? Before, string? After, string? Address, string? Device);
