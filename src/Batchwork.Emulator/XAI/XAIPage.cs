using System.Globalization;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.XAI;

/// <summary>Pages of a list: <c>limit</c>, <c>pagination_token</c>.</summary>
internal static class XAIPage
{
    private const int Usual = 100;

    /// <summary>How many entries are asked for; null if that is no number from 1 to <paramref name="most"/>.</summary>
    public static int? Limit(HttpContext context, int most)
    {
        var text = context.Request.Query["limit"].ToString();
        return text.Length == 0 ? Math.Min(Usual, most)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most ? limit
            : null;
    }

    public static string Token(HttpContext context) => context.Request.Query["pagination_token"].ToString();

    /// <summary>The page that is asked for, or what is wrong with the question.</summary>
    public static (TokenPage<T>? Page, XAIError? Error) Of<T>(HttpContext context, IReadOnlyList<T> all, Func<T, string> idOf) =>
        Limit(context, most: 100) is not { } limit ? (null, WrongLimit(100))
        : TokenPage.Of(context, all, idOf, Token(context), limit) is { } page ? (page, null)
        : (null, WrongToken());

    public static XAIError WrongLimit(int most) => XAIError.Invalid($"limit must be between 1 and {most}.");

    public static XAIError WrongToken() => XAIError.Invalid("Invalid pagination_token.");
}
