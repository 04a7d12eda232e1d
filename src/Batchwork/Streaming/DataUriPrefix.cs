using System.Text;

namespace Batchwork.Streaming;

/// <summary>
/// Takes away what stands before a picture's base64 when it came as a data URI: <c>data:image/jpeg;base64,/9j/4AAQ…</c> (xAI's gRPC documentation). It may be
/// cut anywhere. Letters of base64 that only begin like one are given back.
/// </summary>
internal sealed class DataUriPrefix
{
    // With parameters, of which there are none in practice.
    private const int Longest = 128;

    private static readonly byte[] s_scheme = "data:"u8.ToArray();

    private readonly byte[] _text = new byte[Longest];
    private int _length;

    /// <summary>Whether it is not decided yet, or has not ended.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>The media type it announced.</summary>
    public string? MediaType { get; private set; }

    public void Reset()
    {
        _length = 0;
        IsOpen = true;
        MediaType = null;
    }

    /// <summary>Takes from the beginning of a piece what belongs to the prefix.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="givenBack">What was taken before, or now, and is base64 after all. It comes before the rest of the piece.</param>
    /// <returns>How much of the piece was taken.</returns>
    public int Take(ReadOnlySpan<byte> piece, out ReadOnlySpan<byte> givenBack)
    {
        givenBack = default;
        for (var i = 0; i < piece.Length; i++)
        {
            var isScheme = _length < s_scheme.Length;
            if (isScheme ? piece[i] != s_scheme[_length] : _length == Longest)
            {
                IsOpen = false;
                givenBack = _text.AsSpan(0, _length);
                return i;
            }

            _text[_length++] = piece[i];
            if (piece[i] == (byte)',')
            {
                IsOpen = false;
                MediaType = Announced();
                return i + 1;
            }
        }

        return piece.Length;
    }

    /// <summary>What is left when the text has ended before anything was decided.</summary>
    public ReadOnlySpan<byte> Rest() => IsOpen ? _text.AsSpan(0, _length) : default;

    private string? Announced()
    {
        var text = Encoding.Latin1.GetString(_text.AsSpan(s_scheme.Length, _length - s_scheme.Length - 1)).Split(';')[0];
        return text.Length > 0 ? text : null;
    }
}
