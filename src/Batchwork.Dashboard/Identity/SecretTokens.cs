using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Batchwork.Dashboard.Identity;

/// <summary>Secrets that stand in links: 256 bits nobody can guess, of which we keep the hash.</summary>
internal static class SecretTokens
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
