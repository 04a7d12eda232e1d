using System.Buffers;
using System.Buffers.Text;

namespace Batchwork.Streaming;

/// <summary>
/// Decodes base64 that comes in pieces of any length. Runs at the speed of the framework's vectorised decoder; white space, the alphabet of URLs and
/// missing padding are forgiven. What is no base64 at all ends the decoding: what came before it is kept.
/// </summary>
internal sealed class Base64Stream
{
    private const int GroupLength = 4;

    // How much is decoded letter by letter after something odd, before the fast way is tried again.
    private const int SlowStretch = 1024;

    private const byte Space = 0xFE;
    private const byte Invalid = 0xFF;

    private static readonly byte[] s_values = Values();

    private int _group;
    private int _letters;
    private bool _padded;

    /// <summary>Whether something was met that is no base64.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Most bytes that <see cref="Decode"/> makes of a piece.</summary>
    public static int MostBytes(int pieceLength) => ((pieceLength / GroupLength) + 1) * 3;

    public void Reset()
    {
        _group = 0;
        _letters = 0;
        _padded = false;
        IsDamaged = false;
    }

    /// <summary>
    /// Decodes as much of a piece as is plain base64, without knowing where the text ends: what is none stops it, a quote for example. Saves a search for
    /// the end in every piece of a large picture.
    /// </summary>
    /// <param name="piece">The piece.</param>
    /// <param name="destination">Room for <see cref="MostBytes"/>.</param>
    /// <param name="read">Letters of the piece that were used.</param>
    /// <returns>Bytes made.</returns>
    public int DecodePlain(ReadOnlySpan<byte> piece, Span<byte> destination, out int read)
    {
        read = 0;
        var made = 0;
        while (_letters != 0 && read < piece.Length && s_values[piece[read]] < Space)
        {
            made += Take(piece[read++], destination[made..]);
        }

        if (_letters == 0 && !_padded && !IsDamaged)
        {
            var whole = piece[read..];
            whole = whole[..(whole.Length & ~(GroupLength - 1))];
            Base64.DecodeFromUtf8(whole, destination[made..], out var used, out var written, isFinalBlock: false);

            // White space would have been skipped, a line feed too, which ends the line. Then it is done again with care.
            if (used * 3 == written * GroupLength)
            {
                read += used;
                made += written;
            }
        }

        return made;
    }

    /// <summary>Decodes a piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="destination">Room for <see cref="MostBytes"/>.</param>
    /// <returns>Bytes made.</returns>
    public int Decode(ReadOnlySpan<byte> piece, Span<byte> destination)
    {
        var made = 0;
        while (!piece.IsEmpty && !IsDamaged)
        {
            if (_letters != 0 || _padded || piece.Length < GroupLength)
            {
                made += Take(piece[0], destination[made..]);
                piece = piece[1..];
                continue;
            }

            var whole = piece[..(piece.Length & ~(GroupLength - 1))];
            var status = Base64.DecodeFromUtf8(whole, destination[made..], out var read, out var written, isFinalBlock: false);
            if (status == OperationStatus.Done || read * 3 == written * GroupLength)
            {
                made += written;
                piece = piece[(status == OperationStatus.Done ? whole.Length : read)..];
            }

            if (status != OperationStatus.Done)
            {
                // Padding, the other alphabet, or rubbish: by hand for a while. (With white space before it, the decoder does not say exactly
                // how far it came, so then nothing of what it did is used.)
                made += TakeAll(ref piece, destination[made..]);
            }
        }

        return made;
    }

    /// <summary>Ends the text.</summary>
    /// <param name="destination">Room for two bytes.</param>
    /// <returns>Bytes made of what was left over.</returns>
    public int Finish(Span<byte> destination)
    {
        switch (_letters)
        {
            case 0:
                return 0;
            case 2:
                destination[0] = (byte)(_group >> 4);
                return 1;
            case 3:
                destination[0] = (byte)(_group >> 10);
                destination[1] = (byte)(_group >> 2);
                return 2;
            default:
                // One letter is six bits, which is no byte: the text was cut off.
                IsDamaged = true;
                return 0;
        }
    }

    private int TakeAll(ref ReadOnlySpan<byte> piece, Span<byte> destination)
    {
        var stretch = piece[..Math.Min(piece.Length, SlowStretch)];
        piece = piece[stretch.Length..];
        var made = 0;
        foreach (var letter in stretch)
        {
            made += Take(letter, destination[made..]);
        }

        return made;
    }

    private int Take(byte letter, Span<byte> destination)
    {
        var value = s_values[letter];
        if (value == Space || IsDamaged)
        {
            return 0;
        }

        if (letter == (byte)'=')
        {
            // Two letters or more can be padded; how many signs stand there tells nothing new.
            IsDamaged |= _letters < 2 && !_padded;
            _padded = true;
            return 0;
        }

        if (value == Invalid || _padded)
        {
            IsDamaged = true;
            return 0;
        }

        _group = (_group << 6) | value;
        if (++_letters < GroupLength)
        {
            return 0;
        }

        destination[0] = (byte)(_group >> 16);
        destination[1] = (byte)(_group >> 8);
        destination[2] = (byte)_group;
        _group = 0;
        _letters = 0;
        return 3;
    }

    private static byte[] Values()
    {
        var values = new byte[256];
        Array.Fill(values, Invalid);
        var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
        for (var i = 0; i < letters.Length; i++)
        {
            values[letters[i]] = (byte)i;
        }

        values['-'] = 62;
        values['_'] = 63;
        foreach (var space in " \t\r\n\f"u8)
        {
            values[space] = Space;
        }

        return values;
    }
}
