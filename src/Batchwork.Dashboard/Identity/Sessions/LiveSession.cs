namespace Batchwork.Dashboard.Identity.Sessions;

/// <summary>A session that holds, and what holds of its person at this moment.</summary>
/// <param name="Id">The session.</param>
/// <param name="UserId">The person.</param>
/// <param name="Name">Their name.</param>
/// <param name="IsAdministrator">Whether they run the installation.</param>
/// <param name="HasSecondFactor">Whether they signed in with more than a password.</param>
/// <param name="SeenAt">The latest request that was noted.</param>
/// <param name="ProvedAt">When the person last showed that it is them.</param>
internal sealed record LiveSession(Guid Id, string UserId, string Name, bool IsAdministrator, bool HasSecondFactor, DateTimeOffset SeenAt, DateTimeOffset ProvedAt);
