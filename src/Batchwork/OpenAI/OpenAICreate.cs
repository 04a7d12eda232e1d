using Batchwork.Json;

namespace Batchwork.OpenAI;

/// <summary>Writes the body of a batch create.</summary>
internal static class OpenAICreate
{
    public static ReadOnlyMemory<byte> Body(ImageBatch batch, string inputFileId)
    {
        var json = new JsonBuffer();
        json.Raw("{\"input_file_id\":"u8);
        json.Text(inputFileId);
        json.Raw(",\"endpoint\":"u8);
        json.Text(OpenAIWire.Endpoint);
        json.Raw(",\"completion_window\":"u8);
        json.Text(OpenAIWire.CompletionWindow);
        WriteMetadata(batch, json);
        if (batch.OutputExpiresAfter is { } expiry)
        {
            json.Raw(",\"output_expires_after\":{\"anchor\":\"created_at\",\"seconds\":"u8);
            json.Number((long)expiry.TotalSeconds);
            json.Raw("}"u8);
        }

        json.Raw("}"u8);
        return json.Written;
    }

    private static void WriteMetadata(ImageBatch batch, JsonBuffer json)
    {
        if (batch.Metadata is null && batch.Tag is null)
        {
            return;
        }

        json.Raw(",\"metadata\":{"u8);
        var isFirst = true;
        foreach (var (key, value) in batch.Metadata ?? new Dictionary<string, string>())
        {
            Pair(key, value);
        }

        if (batch.Tag is { } tag)
        {
            Pair(OpenAIWire.TagKey, tag);
        }

        json.Raw("}"u8);

        void Pair(string key, string value)
        {
            if (!isFirst)
            {
                json.Raw(","u8);
            }

            isFirst = false;
            json.Text(key);
            json.Raw(":"u8);
            json.Text(value);
        }
    }
}
