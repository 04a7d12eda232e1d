namespace Batchwork.Engine.Workspaces;

/// <summary>
/// Who asks, in which workspace, with which rights. Every service takes one and checks it again, whatever the button showed. An actor that
/// <see cref="Memberships"/> made is judged by what the person may do now, not by what they could do when their page was opened.
/// </summary>
public sealed class Actor
{
    private readonly Person _person;
    private readonly Seat _seat;

    /// <summary>Makes an actor whose role never changes. For tests and tools; the product takes its actors from <see cref="Memberships"/>.</summary>
    /// <param name="userId">The person's id.</param>
    /// <param name="name">The person's name, as shown to others.</param>
    /// <param name="workspaceId">The workspace in which they act.</param>
    /// <param name="role">Their role there.</param>
    public Actor(string userId, string name, Guid workspaceId, Role role)
        : this(new Person(userId, name) { HasSecondFactor = true }, workspaceId, new Seat(role, new WorkspaceRules(needsSecondFactor: false)))
    {
    }

    internal Actor(Person person, Guid workspaceId, Seat seat)
    {
        _person = person;
        _seat = seat;
        WorkspaceId = workspaceId;
    }

    /// <summary>The person's id.</summary>
    public string UserId => _person.UserId;

    /// <summary>The person's name, as shown to others.</summary>
    public string Name => _person.Name;

    /// <summary>The workspace in which they act.</summary>
    public Guid WorkspaceId { get; }

    /// <summary>From where they act, when it is known.</summary>
    public Origin? Origin => _person.Origin;

    /// <summary>The session in which they act; <see langword="null"/> for tools, which have none.</summary>
    public Guid? SessionId => _person.SessionId;

    /// <summary>Whether they signed in with more than a password.</summary>
    public bool HasSecondFactor => _person.HasSecondFactor;

    /// <summary>Whether the workspace asks for a second factor, at this moment, with which they did not sign in. They may do nothing then.</summary>
    public bool NeedsSecondFactor => !HasSecondFactor && _seat.Rules.NeedsSecondFactor;

    /// <summary>Their role at this moment; less than every role when they are no member any more, or held back.</summary>
    public Role Role => Now ?? default;

    /// <summary>Whether they were removed, their account was closed or the workspace was archived.</summary>
    public bool IsGone => _seat.Role is null;

    private Role? Now => NeedsSecondFactor ? null : _seat.Role;

    /// <summary>Throws unless the actor has at least a role at this moment.</summary>
    /// <param name="role">The role needed.</param>
    /// <exception cref="NotAllowedException">The actor's role is less, they are no member any more, or they lack a second factor.</exception>
    public void Require(Role role)
    {
        var now = Now;
        if (now is null || now < role)
        {
            throw IsGone ? NotAllowedException.Gone(role) : NeedsSecondFactor ? NotAllowedException.WithoutSecondFactor(role) : new NotAllowedException(role);
        }
    }
}
