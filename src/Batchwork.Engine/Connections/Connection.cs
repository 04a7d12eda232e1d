using Batchwork.Engine.Workspaces;

namespace Batchwork.Engine.Connections;

/// <summary>A workspace's account at a provider.</summary>
public sealed class Connection
{
    public required Guid Id { get; init; }

    public required Guid WorkspaceId { get; init; }

    /// <summary>The provider's id, for example <c>openai</c>.</summary>
    public required string Provider { get; init; }

    public required string Label { get; set; }

    /// <summary>Whether this is the keyless demo: it reaches the emulator inside this process and costs nothing.</summary>
    public required bool IsDemo { get; init; }

    /// <summary>Another base URL than the provider's public one.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>The key, sealed for this workspace and connection; see <see cref="IKeySealer"/>.</summary>
    public string? SealedKey { get; set; }

    /// <summary>The key's last four characters, the only part ever shown.</summary>
    public string? KeyEnding { get; set; }

    /// <summary>A short hash that tells keys apart without telling what they are.</summary>
    public string? KeyFingerprint { get; set; }

    /// <summary>The role that is needed to start jobs over it.</summary>
    public Role UsableBy { get; set; } = Role.Creator;

    /// <summary>When key and address were last seen to work in a test.</summary>
    public DateTimeOffset? TestedAt { get; set; }

    /// <summary>The person who paused it, and when. Nothing new is sent; what is at the provider is still collected.</summary>
    public string? PausedBy { get; set; }

    public DateTimeOffset? PausedByAt { get; set; }

    /// <summary>Why nothing is sent over this connection at the moment, for people; <see langword="null"/> when it works.</summary>
    public string? PausedReason { get; set; }

    public ConnectionPause Pause { get; set; }

    public DateTimeOffset? PausedAt { get; set; }

    /// <summary>Calls in a row that the provider did not answer.</summary>
    public int Failures { get; set; }

    /// <summary>Since when the provider does not answer.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>Until when it is left alone because it does not answer.</summary>
    public DateTimeOffset? RestUntil { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why it stands still, for people: its own trouble first, else the person who paused it; <see langword="null"/> when it does not.</summary>
    public string? WhyPaused => PausedReason ?? PauseText(PausedBy);

    internal static string? PauseText(string? pausedBy) => pausedBy is null ? null : $"Paused by {pausedBy}. Nothing new is sent over it.";

    /// <summary>When it was removed from lists. Its key stays until no batch needs it.</summary>
    public DateTimeOffset? DeletedAt { get; set; }
}
