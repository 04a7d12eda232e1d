namespace Batchwork.Engine.Workspaces;

/// <summary>Who asks, in which workspace, with which rights. Every service takes one and checks it again, whatever the button showed.</summary>
/// <param name="UserId">The person's id.</param>
/// <param name="Name">The person's name, as shown to others.</param>
/// <param name="WorkspaceId">The workspace in which they act.</param>
/// <param name="Role">Their role there.</param>
public sealed record Actor(string UserId, string Name, Guid WorkspaceId, Role Role)
{
    /// <summary>Throws unless the actor has at least a role.</summary>
    /// <param name="role">The role needed.</param>
    /// <exception cref="NotAllowedException">The actor's role is less.</exception>
    public void Require(Role role)
    {
        if (Role < role)
        {
            throw new NotAllowedException(role);
        }
    }
}
