namespace Batchwork.Engine.LiveUpdates;

/// <summary>Says that something changed, not what: whoever hears it reads again. Missing one is harmless, the next read is right again.</summary>
/// <param name="WorkspaceId">The workspace it belongs to.</param>
/// <param name="JobId">The job it is about; <see langword="null"/> for things outside jobs (drafts, connections).</param>
public readonly record struct LiveChange(Guid WorkspaceId, Guid? JobId)
{
    /// <summary>A change of the installation itself: its workers, its checks. Watched under <see cref="InstallationId"/>, which is no workspace's.</summary>
    public static LiveChange Installation => new(InstallationId, null);

    /// <summary>Stands for the installation where a workspace is asked for.</summary>
    public static Guid InstallationId { get; } = Guid.AllBitsSet;
}
