namespace Batchwork.Dashboard.Identity;

/// <summary>
/// Tells the open pages of a person that what they may do has changed: a session was ended, the account was disabled, the password changed.
/// Each page then looks again, at once, instead of at its next minute.
/// </summary>
public interface IAccessChanges
{
    /// <summary>Tells them. Call it after the commit. Never blocks and never throws.</summary>
    /// <param name="userId">The person.</param>
    void Publish(string userId);

    /// <summary>Hears of a person's changes.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="changed">Called for each change, on a thread of its own. It must not throw.</param>
    /// <returns>Ends it when disposed.</returns>
    IDisposable Subscribe(string userId, Action changed);
}
