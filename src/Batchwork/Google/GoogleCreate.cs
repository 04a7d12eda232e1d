using Batchwork.Json;

namespace Batchwork.Google;

/// <summary>Writes the body of a batch create: with the requests in it, or with the file they were uploaded to.</summary>
internal static class GoogleCreate
{
    /// <summary>How much longer a request is in the call than as a line: <c>{"request":…,"metadata":{"key":…}}</c> and a comma against <c>{"key":…,"request":…}</c> and a line feed.</summary>
    public const int LongerThanALine = 13;

    /// <summary>The body of a batch whose requests were uploaded.</summary>
    public static ReadOnlyMemory<byte> OfFile(ImageBatch batch, string file)
    {
        var json = new JsonBuffer();
        Begin(batch, json);
        json.Raw("{\"file_name\":"u8);
        json.Text(file);
        json.Raw("}}}"u8);
        return json.Written;
    }

    /// <summary>The body of a small batch. The list stands in an object of the same name: Google's <c>InlinedRequests</c> has one property.</summary>
    public static byte[] Inline(ImageBatch batch, IReadOnlyList<string> ids, GoogleSizes sizes)
    {
        var json = new JsonBuffer();
        Begin(batch, json);
        json.Raw("{\"requests\":{\"requests\":["u8);
        var body = new GoogleRequestBody(sizes);
        var isFirst = true;
        foreach (var request in EffectiveRequest.MergeAll(batch.Requests, ids, batch.Defaults, GoogleWire.Provider))
        {
            for (var number = 1; number <= request.N.Value; number++)
            {
                json.Raw(isFirst ? "{\"request\":"u8 : ",{\"request\":"u8);
                isFirst = false;
                json.Raw(body.Write(request, number).Span);
                json.Raw(",\"metadata\":{\"key\":"u8);
                json.Text(new GooglePartKey(request.CustomId, number, request.N.Value).ToString());
                json.Raw("}}"u8);
            }
        }

        json.Raw("]}}}}"u8);
        return json.Written.ToArray();
    }

    /// <summary>How much longer <see cref="Inline"/> is than the same requests as lines.</summary>
    public static long LongerInline(ImageBatch batch, long requests)
    {
        var json = new JsonBuffer();
        Begin(batch, json);
        return json.Length + "{\"requests\":{\"requests\":["u8.Length + "]}}}}"u8.Length + (requests * LongerThanALine) - 1;
    }

    private static void Begin(ImageBatch batch, JsonBuffer json)
    {
        json.Raw("{\"batch\":{\"display_name\":"u8);
        json.Text(batch.Tag ?? GoogleWire.UntaggedName);
        json.Raw(",\"input_config\":"u8);
    }
}
