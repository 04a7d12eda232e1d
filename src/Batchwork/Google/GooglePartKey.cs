using System.Globalization;

namespace Batchwork.Google;

/// <summary>
/// The key of one picture of a request. Gemini makes one picture a request, so a request for several goes out several times: <c>cat~1of3</c>, <c>cat~2of3</c>,
/// <c>cat~3of3</c>. The keys say by themselves what belongs together: whoever reads the results need not know the batch.
/// </summary>
/// <param name="CustomId">The id of the request.</param>
/// <param name="Number">Which picture it is, from 1.</param>
/// <param name="Count">How many were asked for.</param>
internal readonly record struct GooglePartKey(string CustomId, int Number, int Count)
{
    private const char Mark = '~';
    private const string Of = "of";

    /// <summary>Reads a key. What is not of the form is an id as it was given.</summary>
    public static GooglePartKey Read(string key)
    {
        var mark = key.LastIndexOf(Mark);
        var middle = mark < 0 ? -1 : key.IndexOf(Of, mark, StringComparison.Ordinal);
        return middle > 0
            && TryRead(key.AsSpan((mark + 1)..middle), out var number)
            && TryRead(key.AsSpan(middle + Of.Length), out var count)
            && number <= count
                ? new GooglePartKey(key[..mark], number, count)
                : new GooglePartKey(key, 1, 1);
    }

    /// <summary>The key as it is sent. An id that looks like a part's key gets an ending of its own.</summary>
    public override string ToString() =>
        Count == 1 && Read(CustomId).CustomId == CustomId
            ? CustomId
            : string.Create(CultureInfo.InvariantCulture, $"{CustomId}{Mark}{Number}{Of}{Count}");

    private static bool TryRead(ReadOnlySpan<char> text, out int number)
    {
        const int mostDigits = 6;
        number = 0;
        return text.Length is > 0 and <= mostDigits
            && text[0] != '0'
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
