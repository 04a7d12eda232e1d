namespace Batchwork.Dashboard.Features.Teams;

/// <summary>What an administrator sends to make a workspace.</summary>
internal sealed class WorkspaceForm
{
    public string Name { get; set; } = string.Empty;
}
