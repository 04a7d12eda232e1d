using Batchwork.Dashboard.Identity;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>Members as the page shows them: the engine knows who is one, the accounts know their names.</summary>
internal sealed class TeamReader(MemberService members, InvitationService invitations, People people)
{
    /// <summary>Reads the members.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The members, Owners first.</returns>
    public async Task<IReadOnlyList<TeamMember>> MembersAsync(Actor actor, CancellationToken cancellationToken)
    {
        var found = await members.ListAsync(actor, cancellationToken);
        var cards = await people.FindAsync(found.Select(m => m.UserId), cancellationToken);
        return
        [
            .. found.Select(m => cards.TryGetValue(m.UserId, out var card)
                ? new TeamMember(m.UserId, card.Name, card.Email, m.Role, m.JoinedAt, card.HasSecondFactor)
                : new TeamMember(m.UserId, "Somebody without an account", string.Empty, m.Role, m.JoinedAt, HasSecondFactor: false)),
        ];
    }

    /// <summary>Reads the invitations.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The invitations; none for those who may not invite.</returns>
    public async Task<IReadOnlyList<InvitationItem>> InvitationsAsync(Actor actor, CancellationToken cancellationToken) =>
        actor.Role >= Role.Admin ? await invitations.ListAsync(actor, cancellationToken) : [];
}
