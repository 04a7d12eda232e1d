using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Batchwork.Engine.Workspaces;

/// <summary>The secret of an invitation's link: 256 bits from the system's generator. Stored is its SHA-256 only, so the database opens no door.</summary>
internal static class InvitationToken
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
