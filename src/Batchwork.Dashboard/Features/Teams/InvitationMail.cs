using System.Globalization;
using Batchwork.Dashboard.Mail;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>Writes and sends invitations, when there is a mail server.</summary>
internal sealed class InvitationMail(MailSender sender)
{
    public bool IsSet => sender.IsSet;

    /// <summary>Sends a letter with each link.</summary>
    /// <param name="links">The links.</param>
    /// <param name="workspace">The workspace's name.</param>
    /// <param name="by">Who invites.</param>
    /// <param name="cancellationToken">Stops before the next letter.</param>
    /// <returns>Why one was not sent, by address.</returns>
    public Task<IReadOnlyDictionary<string, string>> SendAsync(
        IReadOnlyList<InvitationLink> links, string workspace, string by, CancellationToken cancellationToken) =>
        sender.SendAsync([.. links.Select(link => LetterOf(link, workspace, by))], cancellationToken);

    private Letter LetterOf(InvitationLink link, string workspace, string by) => new(
        link.Email,
        $"{by} invites you to “{workspace}” on Batchwork",
        $"""
        {by} invites you to the workspace “{workspace}” on Batchwork as {link.Role}.

        Open this link to join. It works once, for this address only, until {link.ExpiresAt.ToString("d MMMM yyyy HH:mm", CultureInfo.GetCultureInfo("en"))} UTC:

        {sender.PublicUrl}{JoinAddress.Of(link.Token)}

        If you do not know what this is about, you need not do anything.
        """);
}
