namespace Batchwork.Tests.XAI;

/// <summary>Writes xAI's pages of results.</summary>
internal static class ResultPages
{
    /// <summary>The smallest beginning of a PNG, in base64.</summary>
    public const string Png = "iVBORw0KGgoAAAANSUhEUg==";

    /// <summary>A page.</summary>
    public static string Page(string? next, params string[] items) =>
        $$"""{"results":[{{string.Join(',', items)}}],"pagination_token":{{(next is null ? "null" : $"\"{next}\"")}}}""";

    /// <summary>A result whose picture came with it.</summary>
    public static string Picture(string id) => Answer(id, $$$"""{"data":[{"b64_json":"{{{Png}}}","mime_type":"image/png"}],"usage":{"cost_in_usd_ticks":200000000}}""");

    /// <summary>A result whose pictures are hosted.</summary>
    public static string Hosted(string id, params string[] urls) =>
        Answer(id, "{\"data\":[" + string.Join(',', urls.Select(u => $"{{\"url\":\"{u}\"}}")) + "]}");

    /// <summary>A result with what an operation answered.</summary>
    public static string Answer(string id, string operation) =>
        $$$"""{"batch_request_id":"{{{id}}}","batch_result":{"response":{"image_generation":{{{operation}}}}},"error_message":""}""";

    /// <summary>A batch that is done.</summary>
    public static BatchSnapshot Batch(int succeeded, BatchStatus? status = BatchStatus.Completed) => new()
    {
        Id = "batch_1",
        Provider = "xai",
        Status = status,
        RequestCounts = new BatchRequestCounts(succeeded, succeeded, 0),
    };
}
