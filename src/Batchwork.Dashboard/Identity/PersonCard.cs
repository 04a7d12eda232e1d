namespace Batchwork.Dashboard.Identity;

/// <summary>A person as others see them.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">Their name.</param>
/// <param name="Email">Their address.</param>
/// <param name="HasSecondFactor">Whether they can sign in with more than a password.</param>
public sealed record PersonCard(string Id, string Name, string Email, bool HasSecondFactor);
