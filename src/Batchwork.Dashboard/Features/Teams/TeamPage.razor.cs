using Batchwork.Dashboard.Shared;
using Batchwork.Engine.LiveUpdates;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>Members, invitations and, for Owners, the workspace itself.</summary>
public sealed partial class TeamPage
{
    private IReadOnlyList<TeamMember>? _members;
    private IReadOnlyList<InvitationItem> _invitations = [];
    private IReadOnlyList<string> _faults = [];
    private IReadOnlyList<MadeLink> _links = [];
    private DateTimeOffset? _secondFactorSince;
    private LiveWatcher? _watcher;
    private string? _nameFault;
    private bool _isBusy;

    [Inject]
    private TeamReader Reader { get; set; } = default!;

    [Inject]
    private WorkspaceQueries Workspaces { get; set; } = default!;

    [Inject]
    private TeamCommands Commands { get; set; } = default!;

    [Inject]
    private InvitationMail Mail { get; set; } = default!;

    [Inject]
    private ILiveUpdates Updates { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private IJSRuntime Scripts { get; set; } = default!;

    private bool IsAdmin => Workspace.Actor.Role >= Role.Admin;

    private bool IsOwner => Workspace.Actor.Role >= Role.Owner;

    public ValueTask DisposeAsync() => _watcher?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnInitializedAsync()
    {
        _watcher = LiveWatcher.Start(Updates, Workspace.Id, jobId: null, InvokeAsync, ReadAsync, DispatchExceptionAsync);
        await ReadAsync(_watcher.Stopping);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        _invitations = await Reader.InvitationsAsync(Workspace.Actor, cancellationToken);
        _secondFactorSince = (await Workspaces.FindAsync(Workspace.Slug, Workspace.Actor.UserId, cancellationToken))?.SecondFactorSince;
        _members = await Reader.MembersAsync(Workspace.Actor, cancellationToken);
        StateHasChanged();
    }

    private async Task ChangeRoleAsync((TeamMember Member, Role Role) change)
    {
        await Commands.ChangeRoleAsync(Workspace, change.Member, change.Role);
        await ReadAsync(_watcher!.Stopping);
    }

    private async Task RemoveAsync(TeamMember member)
    {
        if (await Commands.RemoveAsync(Workspace, member))
        {
            await ReadAsync(_watcher!.Stopping);
        }
    }

    private async Task LeaveAsync()
    {
        if (await Commands.LeaveAsync(Workspace))
        {
            Navigation.NavigateTo("/workspaces", forceLoad: true);
        }
    }

    private async Task HandOverAsync(TeamMember member)
    {
        if (await Commands.HandOverAsync(Workspace, member))
        {
            await ReadAsync(_watcher!.Stopping);
        }
    }

    private async Task RenameAsync(string name)
    {
        _nameFault = await Commands.RenameAsync(Workspace, name) ? null : $"Enter a name of at most {WorkspaceName.MaxLength} characters.";
        if (_nameFault is null)
        {
            Snackbar.Add("Renamed.", Severity.Normal);
        }
    }

    private async Task SetSecondFactorAsync(bool isRequired)
    {
        await Commands.RequireSecondFactorAsync(Workspace, isRequired);
        await ReadAsync(_watcher!.Stopping);
    }

    private async Task ArchiveAsync()
    {
        if (await Commands.ArchiveAsync(Workspace))
        {
            Navigation.NavigateTo("/workspaces", forceLoad: true);
        }
    }

    private async Task<bool> InviteAsync(string addresses, Role role)
    {
        var isDone = false;
        await BusyAsync(async () => isDone = await ShowAsync(await Commands.InviteAsync(Workspace.Actor, addresses, role)));
        return isDone;
    }

    private Task RenewAsync(InvitationItem invitation) => BusyAsync(async () =>
    {
        var made = await Commands.RenewAsync(Workspace.Actor, invitation.Id);
        if (made.Faults.Count > 0)
        {
            Snackbar.Add(made.Faults[0], Severity.Normal);
            return;
        }

        await ShowAsync(made);
    });

    private Task RevokeAsync(InvitationItem invitation) => BusyAsync(async () =>
    {
        await Commands.RevokeAsync(Workspace.Actor, invitation.Id);
        _links = [.. _links.Where(l => l.Email != invitation.Email)];
        await ReadAsync(_watcher!.Stopping);
    });

    private async Task<bool> ShowAsync(InvitationsMade made)
    {
        _faults = made.Faults;
        if (made.Faults.Count > 0)
        {
            return false;
        }

        var unsent = Mail.IsSet ? await Mail.SendAsync(made.Links, Workspace.Name, Workspace.Actor.Name, _watcher!.Stopping) : null;
        _links =
        [
            .. made.Links.Select(l => new MadeLink(
                l.Email,
                Navigation.ToAbsoluteUri(JoinAddress.Of(l.Token)).ToString(),
                unsent is not null && !unsent.ContainsKey(l.Email),
                unsent?.GetValueOrDefault(l.Email))),
        ];
        await ReadAsync(_watcher!.Stopping);
        return true;
    }

    private async Task CopyAsync(MadeLink link)
    {
        try
        {
            await Scripts.InvokeVoidAsync("navigator.clipboard.writeText", link.Url);
            Snackbar.Add($"Copied the link for {link.Email}.", Severity.Normal);
        }
        catch (JSException)
        {
            // Browsers have no clipboard for pages over plain http, except on this machine.
            Snackbar.Add("The browser does not let this page copy. Select the link and copy it yourself.", Severity.Normal);
        }
    }

    /// <summary>One thing at a time: a double click does nothing twice.</summary>
    private async Task BusyAsync(Func<Task> work)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_watcher!.Stopping.IsCancellationRequested)
        {
            // The page is gone.
        }
        finally
        {
            _isBusy = false;
        }
    }
}
