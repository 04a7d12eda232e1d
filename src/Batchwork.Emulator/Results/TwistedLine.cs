using System.Buffers;
using System.Text;
using Batchwork.Emulator.Batches;

namespace Batchwork.Emulator.Results;

/// <summary>The bytes by which a wrong line differs from a right one.</summary>
internal static class TwistedLine
{
    private static readonly byte[] s_lineEnd = "\n"u8.ToArray();
    private static readonly byte[] s_crlf = "\r\n"u8.ToArray();

    private static readonly byte[] s_invalidUtf8 = [.. "\"note\":\""u8, 0xC3, 0x28, 0xFF, .. "\","u8];

    public static byte[] Bom { get; } = [0xEF, 0xBB, 0xBF];

    /// <summary>What is put behind the opening brace.</summary>
    public static ReadOnlyMemory<byte> Insert(LineTwist twist, string idKey)
    {
        if (twist == LineTwist.None)
        {
            return default;
        }

        var insert = new ArrayBufferWriter<byte>();
        foreach (var kind in Enum.GetValues<LineTwist>().Where(kind => kind != LineTwist.None && twist.HasFlag(kind)))
        {
            insert.Write(Smuggled(kind, $"\"{idKey}\":\"someone-else\","));
        }

        return insert.WrittenMemory;
    }

    /// <summary>How the line ends.</summary>
    public static byte[] End(LineTwist twist) => twist.HasFlag(LineTwist.Crlf) ? s_crlf : s_lineEnd;

    private static ReadOnlySpan<byte> Smuggled(LineTwist kind, string otherId) => kind switch
    {
        LineTwist.InvalidJson => "nonsense,,"u8,
        LineTwist.InvalidUtf8 => s_invalidUtf8,
        LineTwist.Nul => "\"note\":\"\0\","u8,
        LineTwist.LoneSurrogate => "\"note\":\"\\ud800\","u8,
        LineTwist.Deep => Encoding.UTF8.GetBytes($"\"note\":{new string('[', 200)}{new string(']', 200)},"),
        LineTwist.ManyKeys => ManyKeys(),
        LineTwist.DuplicateKeys => Encoding.UTF8.GetBytes(otherId),
        LineTwist.HugeNumber => "\"note\":1e400,"u8,
        _ => [],
    };

    private static byte[] ManyKeys()
    {
        var text = new StringBuilder("\"note\":{\"k\":0", 16 << 20);
        for (var i = 0; i < 1_000_000; i++)
        {
            text.Append(",\"k").Append(i).Append("\":0");
        }

        return Encoding.UTF8.GetBytes(text.Append("},").ToString());
    }
}
