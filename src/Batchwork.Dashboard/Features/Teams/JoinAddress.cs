namespace Batchwork.Dashboard.Features.Teams;

/// <summary>Addresses of invitations.</summary>
internal static class JoinAddress
{
    public static string Of(string token) => $"/join/{Uri.EscapeDataString(token)}";
}
