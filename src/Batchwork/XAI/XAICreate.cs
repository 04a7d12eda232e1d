using Batchwork.Json;

namespace Batchwork.XAI;

/// <summary>Writes the body of a batch create.</summary>
internal static class XAICreate
{
    public static ReadOnlyMemory<byte> Body(ImageBatch batch, string inputFileId)
    {
        var json = new JsonBuffer();
        json.Raw("{\"name\":"u8);
        json.Text(batch.Tag ?? XAIWire.Untagged);
        json.Raw(",\"input_file_id\":"u8);
        json.Text(inputFileId);
        json.Raw("}"u8);
        return json.Written;
    }
}
