namespace Batchwork.Engine.Polling;

/// <summary>A part that is due.</summary>
/// <param name="Id">The part.</param>
/// <param name="ConnectionId">Its connection.</param>
/// <param name="Key">What tells the provider's keys apart.</param>
/// <param name="IsPoll">Whether a status call is what is due.</param>
/// <param name="IsTrial">Whether its connection did not answer lately, so that one part at a time tries.</param>
internal sealed record DuePart(Guid Id, Guid ConnectionId, string Key, bool IsPoll, bool IsTrial);
