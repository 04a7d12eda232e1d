using Batchwork.Engine.Auditing;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>The names of acts in words: <c>part.submitted-again</c> is "Part submitted again".</summary>
internal static class AuditWords
{
    /// <summary>The kinds of things one can filter by.</summary>
    public static IReadOnlyList<(string Key, string Word)> Things { get; } =
        [.. AuditActions.Things.Select(t => (t, t == "download" ? "Downloads" : t == "installation" ? "Installation" : $"{Capital(t)}s"))];

    public static string Of(string action) => action switch
    {
        AuditActions.KeyUsed => "Key used",
        AuditActions.ArchiveDownloaded => "Archive downloaded",
        AuditActions.OriginalDownloaded => "Original downloaded",
        AuditActions.UnmatchedDownloaded => "Unmatched results downloaded",
        AuditActions.CostsExported => "Costs downloaded",
        AuditActions.AuditExported => "Audit log downloaded",
        AuditActions.WorkspaceHandedOver => "Workspace handed over",
        AuditActions.SecondFactorRequired => "Second factor asked for",
        AuditActions.SecondFactorNotRequired => "Second factor no longer asked for",
        AuditActions.SafeModeEnded => "Safe mode ended",
        _ => Capital(action.Replace('.', ' ').Replace('-', ' ')),
    };

    private static string Capital(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}
