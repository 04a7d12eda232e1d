namespace Batchwork.Dashboard.Identity.Sessions;

/// <summary>A session as its person reads it.</summary>
/// <param name="Id">The session.</param>
/// <param name="Method">How they signed in.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="SeenAt">The latest request.</param>
/// <param name="Address">From which network address.</param>
/// <param name="Device">With which browser and system.</param>
internal sealed record SessionItem(Guid Id, SignInMethod Method, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, string? Address, string? Device);
