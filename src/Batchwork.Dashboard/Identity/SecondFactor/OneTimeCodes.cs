using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Batchwork.Dashboard.Identity.SecondFactor;

/// <summary>The six digits that authenticator apps show: RFC 6238 with SHA-1 and 30 seconds, which is what all of them can do.</summary>
internal static class OneTimeCodes
{
    public const int SecretBytes = 20;

    private const int StepSeconds = 30;
    private const int Digits = 6;
    private const int Modulus = 1_000_000;
    private const string Base32Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The 30 seconds a moment is in.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>Their number since 1970.</returns>
    public static long StepOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="step">The step.</param>
    /// <returns>Six digits.</returns>
    public static string CodeOf(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 and the apps of the world ask for SHA-1; as an HMAC it is not broken.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0x0F)..]) & int.MaxValue;
        return (number % Modulus).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }

    /// <summary>Finds the step of a code. A phone's clock may be up to one step off.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="code">What was typed.</param>
    /// <param name="now">The moment.</param>
    /// <returns>The step; <see langword="null"/> when the code is wrong.</returns>
    public static long? FindStep(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        var typed = Encoding.UTF8.GetBytes(string.Concat(code.Where(c => !char.IsWhiteSpace(c))));
        long? found = null;
        for (var step = StepOf(now) - 1; step <= StepOf(now) + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(typed, Encoding.UTF8.GetBytes(CodeOf(secret, step))))
            {
                found = step;
            }
        }

        return found;
    }

    /// <summary>The address that authenticator apps read from a QR code.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="email">Whose it is.</param>
    /// <returns>The address.</returns>
    public static string AddressOf(ReadOnlySpan<byte> secret, string email) =>
        $"otpauth://totp/Batchwork:{Uri.EscapeDataString(email)}?secret={Base32(secret)}&issuer=Batchwork";

    /// <summary>The secret for typing it in.</summary>
    /// <param name="secret">The secret.</param>
    /// <returns>Base32, as apps want it.</returns>
    public static string Base32(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (bits, count) = (0, 0);
        foreach (var value in secret)
        {
            (bits, count) = (((bits << 8) | value) & 0xFFFF, count + 8);
            while (count >= 5)
            {
                text.Append(Base32Letters[(bits >> (count -= 5)) & 0x1F]);
            }
        }

        return count > 0 ? text.Append(Base32Letters[(bits << (5 - count)) & 0x1F]).ToString() : text.ToString();
    }
}
