namespace Batchwork.Engine.Workspaces;

/// <summary>What a workspace asks of whoever enters, at this moment. All of its seats share one, so a change reaches open pages at once.</summary>
internal sealed class WorkspaceRules(bool needsSecondFactor)
{
    private volatile bool _needsSecondFactor = needsSecondFactor;

    /// <summary>Whether a password alone is not enough.</summary>
    public bool NeedsSecondFactor
    {
        get => _needsSecondFactor;
        set => _needsSecondFactor = value;
    }
}
