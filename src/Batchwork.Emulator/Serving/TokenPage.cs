using System.Buffers.Text;
using System.Text;

namespace Batchwork.Emulator.Serving;

/// <summary>Cuts a list into pages that follow each other by opaque tokens: <c>pageToken</c>, <c>pagination_token</c>.</summary>
internal static class TokenPage
{
    /// <summary>The page a token asks for, the first one without a token; null if nobody gave out that token.</summary>
    public static TokenPage<T>? Of<T>(HttpContext context, IReadOnlyList<T> all, Func<T, string> idOf, string token, int size)
    {
        var twist = TwistedList.Of(context);
        var ordered = TwistedList.Order(all, twist);
        var next = token.Length == 0 ? 0 : 1 + ordered.Select(idOf).ToList().IndexOf(Read(token));
        if (token.Length > 0 && next == 0)
        {
            return null;
        }

        var start = TwistedList.Start(next, twist);
        List<T> entries = [.. ordered.Skip(start).Take(size)];
        var goesOn = entries.Count > 0 && TwistedList.GoesOn(start + entries.Count, ordered.Count, twist);
        return new TokenPage<T>(entries, goesOn ? Write(idOf(entries[^1])) : null);
    }

    // The id of the last entry: what is new meanwhile comes before the first page and shifts nothing.
    private static string Write(string last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes("after " + last));

    private static string Read(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) is ['a', 'f', 't', 'e', 'r', ' ', .. var last] ? last : "";
        }
        catch (FormatException)
        {
            return "";
        }
    }
}
