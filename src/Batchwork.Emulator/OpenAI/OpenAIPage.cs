using System.Globalization;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.OpenAI;

/// <summary>Cuts a list into pages: <c>limit</c>, <c>after</c>, <c>has_more</c>.</summary>
internal static class OpenAIPage
{
    /// <summary>The page that is asked for, or what is wrong with the question.</summary>
    public static (OpenAIPage<T>? Page, OpenAIError? Error) Of<T>(
        HttpContext context, IReadOnlyList<T> all, Func<T, string> idOf, int usual, int most)
    {
        var query = context.Request.Query;
        var limit = usual;
        if (query.TryGetValue("limit", out var text)
            && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out limit))
        {
            return (null, OpenAIError.TypeOf("limit", "an integer"));
        }

        if (limit < 1 || limit > most)
        {
            var (bound, side, code) = limit < 1 ? (1, ">=", "integer_below_min_value") : (most, "<=", "integer_above_max_value");
            var message = $"Invalid 'limit': expected a value {side} {bound}, but got {limit} instead.";
            return (null, OpenAIError.Request(message, "limit", code));
        }

        var twist = TwistedList.Of(context);
        var ordered = TwistedList.Order(all, twist);
        var after = query["after"].ToString();
        var known = after.Length == 0 ? -1 : ordered.Select(idOf).ToList().IndexOf(after);
        if (after.Length > 0 && known < 0)
        {
            return (null, OpenAIError.Request($"Invalid 'after': nothing is known by the id '{after}'.", "after", "invalid_value"));
        }

        var start = TwistedList.Start(known + 1, twist);
        List<T> entries = [.. ordered.Skip(start).Take(limit)];
        return (new OpenAIPage<T>(entries, idOf, TwistedList.GoesOn(start + entries.Count, ordered.Count, twist)), null);
    }
}
