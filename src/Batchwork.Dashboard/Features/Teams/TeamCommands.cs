using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Workspaces;
using MudBlazor;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>What the team page does: asks where something cannot simply be taken back, does it, and says what came of it.</summary>
internal sealed class TeamCommands(MemberService members, InvitationService invitations, WorkspaceService workspaces, IDialogService dialogs, ISnackbar snackbar)
{
    public async Task ChangeRoleAsync(WorkspaceContext workspace, TeamMember member, Role role)
    {
        var isSelf = member.UserId == workspace.Actor.UserId;
        if (isSelf && !await new Confirmation(
                $"Become {role}?",
                [$"You give up what {member.Role} may do that {role} may not, and cannot take it back yourself."],
                $"Become {role}",
                $"Stay {member.Role}").AskAsync(dialogs))
        {
            return;
        }

        Say(await members.ChangeRoleAsync(workspace.Actor, member.UserId, member.Name, role, CancellationToken.None), $"{member.Name} is {role} now.");
    }

    public async Task<bool> RemoveAsync(WorkspaceContext workspace, TeamMember member) =>
        await new Confirmation(
            $"Remove {member.Name}?",
            [$"{member.Name} cannot see “{workspace.Name}” any more, at once. What they made stays, and jobs they started go on.", "To come back they need a new invitation."],
            $"Remove {member.Name}",
            "Keep").AskAsync(dialogs)
        && Say(await members.RemoveAsync(workspace.Actor, member.UserId, member.Name, CancellationToken.None), $"{member.Name} was removed.");

    public async Task<bool> LeaveAsync(WorkspaceContext workspace) =>
        await new Confirmation(
            $"Leave “{workspace.Name}”?",
            ["You cannot see it any more, and need an invitation to come back. What you made stays."],
            "Leave",
            "Stay").AskAsync(dialogs)
        && Say(await members.LeaveAsync(workspace.Actor, CancellationToken.None), done: null);

    public async Task<bool> HandOverAsync(WorkspaceContext workspace, TeamMember member) =>
        await new Confirmation(
            $"Hand “{workspace.Name}” over to {member.Name}?",
            [$"{member.Name} becomes its Owner. You become an Admin, and only an Owner can change that."],
            "Hand over",
            "Stay Owner").AskAsync(dialogs)
        && Say(await members.HandOverAsync(workspace.Actor, member.UserId, member.Name, CancellationToken.None), $"{member.Name} is the Owner now.");

    public Task<bool> RenameAsync(WorkspaceContext workspace, string name) => workspaces.RenameAsync(workspace.Actor, name, CancellationToken.None);

    public async Task RequireSecondFactorAsync(WorkspaceContext workspace, bool isRequired)
    {
        var isDone = await workspaces.RequireSecondFactorAsync(workspace.Actor, isRequired, CancellationToken.None);
        snackbar.Add(
            !isDone ? "You signed in with a password alone, so you would lock yourself out. Add a second factor to your own account first; nothing was changed."
            : isRequired ? "A second factor is asked for from now on."
            : "A password is enough again.",
            Severity.Normal);
    }

    public async Task<bool> ArchiveAsync(WorkspaceContext workspace)
    {
        if (!await new Confirmation(
                $"Archive “{workspace.Name}”?",
                ["Nobody can enter it, also those who have it open now. Nothing in it is removed.", "You find it under Workspaces and can restore it there at any time."],
                "Archive workspace",
                "Keep it open").AskAsync(dialogs))
        {
            return false;
        }

        var outcome = await workspaces.ArchiveAsync(workspace.Actor, CancellationToken.None);
        if (!outcome.IsArchived)
        {
            snackbar.Add($"{Figures.Count(outcome.RunningJobs, "job")} still {(outcome.RunningJobs == 1 ? "runs" : "run")}. Wait for the end or cancel first; nothing was archived.", Severity.Normal);
        }

        return outcome.IsArchived;
    }

    public Task<InvitationsMade> InviteAsync(Actor actor, string addresses, Role role) => invitations.InviteAsync(actor, addresses, role, CancellationToken.None);

    public Task<InvitationsMade> RenewAsync(Actor actor, Guid invitationId) => invitations.RenewAsync(actor, invitationId, CancellationToken.None);

    public Task RevokeAsync(Actor actor, Guid invitationId) => invitations.RevokeAsync(actor, invitationId, CancellationToken.None);

    private bool Say(MemberOutcome outcome, string? done)
    {
        var sentence = outcome switch
        {
            MemberOutcome.Done => done,
            MemberOutcome.LastOwner => "A workspace needs an Owner. Make somebody else Owner first; nothing was changed.",
            MemberOutcome.OwnRole => "Nobody raises their own role. Ask an Owner; nothing was changed.",
            _ => "This person is not a member any more.",
        };
        if (sentence is not null)
        {
            snackbar.Add(sentence, Severity.Normal);
        }

        return outcome == MemberOutcome.Done;
    }
}
