using System.Buffers.Binary;
using System.Text;

namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>As much of MessagePack as live pages speak: nothing, truth, whole numbers, texts, bytes, lists, and maps that are skipped.</summary>
internal static class MessagePack
{
    public static byte[] Write(object? value)
    {
        var output = new MemoryStream();
        Write(output, value);
        return output.ToArray();
    }

    public static object? Read(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        return Read(bytes, ref at);
    }

    private static void Write(MemoryStream output, object? value)
    {
        switch (value)
        {
            case null:
                output.WriteByte(0xc0);
                break;
            case bool truth:
                output.WriteByte(truth ? (byte)0xc3 : (byte)0xc2);
                break;
            case int number:
                Write(output, (long)number);
                break;
            case long number:
                output.WriteByte(0xd3);
                Span<byte> eight = stackalloc byte[8];
                BinaryPrimitives.WriteInt64BigEndian(eight, number);
                output.Write(eight);
                break;
            case string text:
                WriteBytes(output, 0xdb, Encoding.UTF8.GetBytes(text));
                break;
            case byte[] bytes:
                WriteBytes(output, 0xc6, bytes);
                break;
            case IReadOnlyDictionary<string, object?>:
                output.WriteByte(0x80);
                break;
            case IReadOnlyList<object?> list:
                WriteLength(output, 0xdd, list.Count);
                foreach (var item in list)
                {
                    Write(output, item);
                }

                break;
            default:
                throw new NotSupportedException(value.GetType().Name);
        }
    }

    private static void WriteBytes(MemoryStream output, byte kind, byte[] bytes)
    {
        WriteLength(output, kind, bytes.Length);
        output.Write(bytes);
    }

    private static void WriteLength(MemoryStream output, byte kind, int length)
    {
        output.WriteByte(kind);
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, length);
        output.Write(four);
    }

    private static object? Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        var kind = bytes[at++];
        return kind switch
        {
            <= 0x7f => (long)kind,
            <= 0x8f => ReadMap(bytes, ref at, kind & 0x0f),
            <= 0x9f => ReadList(bytes, ref at, kind & 0x0f),
            <= 0xbf => ReadText(bytes, ref at, kind & 0x1f),
            0xc0 => null,
            0xc2 => false,
            0xc3 => true,
            >= 0xc4 and <= 0xc6 => ReadBytes(bytes, ref at, (int)ReadNumber(bytes, ref at, 1 << (kind - 0xc4))),
            0xcb => BitConverter.Int64BitsToDouble(ReadNumber(bytes, ref at, 8)),
            >= 0xcc and <= 0xcf => ReadNumber(bytes, ref at, 1 << (kind - 0xcc)),
            0xd0 => (long)(sbyte)ReadNumber(bytes, ref at, 1),
            0xd1 => (long)(short)ReadNumber(bytes, ref at, 2),
            0xd2 => (long)(int)ReadNumber(bytes, ref at, 4),
            0xd3 => ReadNumber(bytes, ref at, 8),
            >= 0xd9 and <= 0xdb => ReadText(bytes, ref at, (int)ReadNumber(bytes, ref at, 1 << (kind - 0xd9))),
            0xdc or 0xdd => ReadList(bytes, ref at, (int)ReadNumber(bytes, ref at, kind == 0xdc ? 2 : 4)),
            0xde or 0xdf => ReadMap(bytes, ref at, (int)ReadNumber(bytes, ref at, kind == 0xde ? 2 : 4)),
            >= 0xe0 => (long)(sbyte)kind,
            _ => throw new NotSupportedException($"0x{kind:x2}"),
        };
    }

    private static long ReadNumber(ReadOnlySpan<byte> bytes, ref int at, int size)
    {
        var number = 0L;
        for (var i = 0; i < size; i++)
        {
            number = (number << 8) | bytes[at++];
        }

        return number;
    }

    private static string ReadText(ReadOnlySpan<byte> bytes, ref int at, int length) => Encoding.UTF8.GetString(ReadBytes(bytes, ref at, length));

    private static byte[] ReadBytes(ReadOnlySpan<byte> bytes, ref int at, int length)
    {
        var read = bytes.Slice(at, length).ToArray();
        at += length;
        return read;
    }

    private static List<object?> ReadList(ReadOnlySpan<byte> bytes, ref int at, int length)
    {
        var list = new List<object?>(length);
        for (var i = 0; i < length; i++)
        {
            list.Add(Read(bytes, ref at));
        }

        return list;
    }

    private static object? ReadMap(ReadOnlySpan<byte> bytes, ref int at, int length)
    {
        _ = ReadList(bytes, ref at, length * 2);
        return null;
    }
}
