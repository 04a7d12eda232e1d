namespace Batchwork.Dashboard.Identity;

/// <summary>A passkey as its person reads it.</summary>
/// <param name="Id">The passkey.</param>
/// <param name="Name">How they call it.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="IsSynced">Whether it is copied to their other devices.</param>
internal sealed record PasskeyItem(string Id, string Name, DateTimeOffset CreatedAt, bool IsSynced);
