namespace Batchwork.Engine.Workspaces;

/// <summary>
/// Who asks, in which workspace, with which rights. Every service takes one and checks it again, whatever the button showed. An actor that
/// <see cref="Memberships"/> made is judged by what the person may do now, not by what they could do when their page was opened.
/// </summary>
public sealed class Actor
{
    private readonly Seat _seat;

    /// <summary>Makes an actor whose role never changes. For tests and tools; the product takes its actors from <see cref="Memberships"/>.</summary>
    /// <param name="userId">The person's id.</param>
    /// <param name="name">The person's name, as shown to others.</param>
    /// <param name="workspaceId">The workspace in which they act.</param>
    /// <param name="role">Their role there.</param>
    public Actor(string userId, string name, Guid workspaceId, Role role)
        : this(userId, name, workspaceId, new Seat(role), origin: null, sessionId: null)
    {
    }

    internal Actor(string userId, string name, Guid workspaceId, Seat seat, Origin? origin, Guid? sessionId)
    {
        UserId = userId;
        Name = name;
        WorkspaceId = workspaceId;
        Origin = origin;
        SessionId = sessionId;
        _seat = seat;
    }

    /// <summary>The person's id.</summary>
    public string UserId { get; }

    /// <summary>The person's name, as shown to others.</summary>
    public string Name { get; }

    /// <summary>The workspace in which they act.</summary>
    public Guid WorkspaceId { get; }

    /// <summary>From where they act, when it is known.</summary>
    public Origin? Origin { get; }

    /// <summary>The session in which they act; <see langword="null"/> for tools, which have none.</summary>
    public Guid? SessionId { get; }

    /// <summary>Their role at this moment; less than every role when they are no member any more.</summary>
    public Role Role => _seat.Role ?? default;

    /// <summary>Whether they were removed, their account was closed or the workspace was archived.</summary>
    public bool IsGone => _seat.Role is null;

    /// <summary>Throws unless the actor has at least a role at this moment.</summary>
    /// <param name="role">The role needed.</param>
    /// <exception cref="NotAllowedException">The actor's role is less, or they are no member any more.</exception>
    public void Require(Role role)
    {
        var now = _seat.Role;
        if (now is null || now < role)
        {
            throw new NotAllowedException(role, isGone: now is null);
        }
    }
}
