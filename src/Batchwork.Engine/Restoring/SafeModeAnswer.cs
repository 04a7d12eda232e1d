namespace Batchwork.Engine.Restoring;

/// <summary>What an administrator says this installation is.</summary>
public enum SafeModeAnswer
{
    /// <summary>A restored backup that takes the place of the installation it was made of: it keeps its name.</summary>
    Restored = 1,

    /// <summary>A copy beside the installation it was made of: it gets a name of its own, so that neither takes the other's batches for its own.</summary>
    Copy = 2,
}
