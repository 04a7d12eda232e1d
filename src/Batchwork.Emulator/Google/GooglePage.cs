using System.Globalization;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.Google;

/// <summary>Answers with a page of a list: <c>pageSize</c>, <c>pageToken</c>, <c>nextPageToken</c>. An empty list is left out.</summary>
internal static class GooglePage
{
    public static async Task<IResult> AnswerAsync<T>(
        HttpContext context, string name, IReadOnlyList<T> all, Func<T, string> idOf, Func<T, Task<JsonObject>> toJson, int usual, int most)
    {
        var query = context.Request.Query;
        var size = 0;
        if (query.TryGetValue("pageSize", out var text)
            && (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out size) || size < 0))
        {
            return GoogleError.Invalid("page_size must be a positive integer.", "page_size");
        }

        if (TokenPage.Of(context, all, idOf, query["pageToken"].ToString(), size == 0 ? usual : Math.Min(size, most)) is not { } page)
        {
            return GoogleError.Invalid("Page token is not valid.", "page_token");
        }

        var answer = new JsonObject();
        if (page.Entries.Count > 0)
        {
            var entries = new JsonArray();
            foreach (var entry in page.Entries)
            {
                entries.Add((JsonNode)await toJson(entry));
            }

            answer[name] = entries;
        }

        if (page.Next is { } next)
        {
            answer["nextPageToken"] = next;
        }

        return new GoogleAnswer(answer);
    }
}
