namespace Batchwork.Dashboard.Identity.SecondFactor;

/// <summary>A person's authenticator app: the secret it shares with us, sealed. It counts once a first code was given.</summary>
public sealed class Authenticator
{
    public required string UserId { get; init; }

    public required string SealedSecret { get; set; }

    /// <summary>The 30 seconds of the last code that was taken. Codes of that time and before are not taken again.</summary>
    public required long LastStep { get; set; }
}
