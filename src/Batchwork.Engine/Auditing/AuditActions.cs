namespace Batchwork.Engine.Auditing;

/// <summary>Names of what is audited: a thing, a dot, what was done with it. They are stored, so they are only ever added.</summary>
public static class AuditActions
{
    public const string JobRun = "job.run";
    public const string JobCancelled = "job.cancelled";
    public const string JobRetried = "job.retried";
    public const string JobReused = "job.reused";
    public const string JobRenamed = "job.renamed";
    public const string JobDeleted = "job.deleted";
    public const string JobRestored = "job.restored";

    public const string PartCancelled = "part.cancelled";
    public const string PartCollectedAgain = "part.collected-again";
    public const string PartDuplicateCancelled = "part.duplicate-cancelled";
    public const string PartCheckedAgain = "part.checked-again";
    public const string PartSubmittedAgain = "part.submitted-again";
    public const string PartMarkedAsNotSent = "part.marked-as-not-sent";

    public const string DraftDeleted = "draft.deleted";
    public const string DraftRestored = "draft.restored";

    public const string ConnectionAdded = "connection.added";
    public const string ConnectionChanged = "connection.changed";
    public const string ConnectionKeyChanged = "connection.key-changed";
    public const string ConnectionPaused = "connection.paused";
    public const string ConnectionResumed = "connection.resumed";
    public const string ConnectionRemoved = "connection.removed";
    public const string ConnectionRestored = "connection.restored";
    public const string KeyUsed = "connection.key-used";

    public const string ArchiveDownloaded = "download.archive";
    public const string OriginalDownloaded = "download.original";
    public const string UnmatchedDownloaded = "download.unmatched";
    public const string AuditExported = "download.audit-log";
    public const string CostsExported = "download.costs";

    public const string BudgetSet = "budget.set";
    public const string DemoDataDeleted = "workspace.demo-data-deleted";

    public const string MemberRoleChanged = "member.role-changed";
    public const string MemberRemoved = "member.removed";
    public const string MemberLeft = "member.left";
    public const string MemberJoined = "member.joined";
    public const string WorkspaceHandedOver = "member.handed-over";

    public const string InvitationMade = "invitation.made";
    public const string InvitationRenewed = "invitation.renewed";
    public const string InvitationRevoked = "invitation.revoked";

    public const string WorkspaceCreated = "workspace.created";
    public const string WorkspaceRenamed = "workspace.renamed";
    public const string SecondFactorRequired = "workspace.second-factor-required";
    public const string SecondFactorNotRequired = "workspace.second-factor-not-required";
    public const string WorkspaceArchived = "workspace.archived";
    public const string WorkspaceRestored = "workspace.restored";

    public const string SafeModeEnded = "installation.safe-mode-ended";

    /// <summary>The things, as filters offer them: what stands before the dot.</summary>
    public static IReadOnlyList<string> Things { get; } =
        ["job", "part", "draft", "connection", "budget", "download", "member", "invitation", "workspace", "account", "installation"];
}
