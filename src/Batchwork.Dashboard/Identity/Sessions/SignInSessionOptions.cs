using System.ComponentModel.DataAnnotations;

namespace Batchwork.Dashboard.Identity.Sessions;

/// <summary>How long somebody stays signed in.</summary>
public sealed class SignInSessionOptions
{
    public const string SectionName = "Batchwork:Sessions";

    /// <summary>Days after which a session that nobody used is over. Default 14.</summary>
    [Range(1, 90)]
    public int IdleDays { get; set; } = 14;

    /// <summary>Days after which a session is over however much it was used. Default 30.</summary>
    [Range(1, 366)]
    public int LongestDays { get; set; } = 30;

    internal TimeSpan Idle => TimeSpan.FromDays(IdleDays);

    internal TimeSpan Longest => TimeSpan.FromDays(LongestDays);
}
