namespace Batchwork.Dashboard.Features.Teams;

/// <summary>A link that was just made, to be handed over.</summary>
/// <param name="Email">Whom it is for.</param>
/// <param name="Url">The link.</param>
/// <param name="WasSent">Whether it was sent by e-mail.</param>
/// <param name="Fault">Why it was not sent, if it should have been.</param>
public sealed record MadeLink(string Email, string Url, bool WasSent, string? Fault);
