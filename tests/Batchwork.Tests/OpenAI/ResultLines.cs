namespace Batchwork.Tests.OpenAI;

/// <summary>Writes lines of OpenAI's result files.</summary>
internal static class ResultLines
{
    /// <summary>The smallest beginning of a PNG, in base64.</summary>
    public const string Png = "iVBORw0KGgoAAAANSUhEUg==";

    /// <summary>A line of a request that was made.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="body">The JSON it was answered with.</param>
    /// <param name="status">The JSON of its status.</param>
    public static string Of(string id, string body, string status = "200") =>
        """{"custom_id":"ID","response":{"status_code":STATUS,"body":BODY},"error":null}"""
            .Replace("ID", id, StringComparison.Ordinal)
            .Replace("STATUS", status, StringComparison.Ordinal)
            .Replace("BODY", body, StringComparison.Ordinal) + "\n";

    /// <summary>A line with pictures.</summary>
    public static string Pictures(string id, params string[] base64) =>
        Of(id, "{\"data\":[" + string.Join(',', base64.Select(b => $"{{\"b64_json\":\"{b}\"}}")) + "]}");
}
