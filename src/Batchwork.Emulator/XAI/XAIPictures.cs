using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Pictures;
using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.XAI;

/// <summary>Writes the pictures of an answer, as base64 or as addresses, and what they cost.</summary>
internal sealed class XAIPictures(
    JsonLine line, XAIPicturesAnswer answer, PictureSource pictures, BatchRecord batch, XAISettings settings)
{
    private XAICall Call => answer.Call!;

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        line.Json.WriteStartObject();
        if (settings.ResultName == "image_response" && answer.Pictures is [var only])
        {
            await WriteFieldsAsync(only, "base64", cancellationToken);
        }
        else
        {
            line.Json.WriteStartArray("data");
            foreach (var picture in answer.Pictures)
            {
                line.Json.WriteStartObject();
                await WriteFieldsAsync(picture, "b64_json", cancellationToken);
                line.Json.WriteEndObject();
            }

            line.Json.WriteEndArray();
        }

        WriteUsage();
        line.Json.WriteEndObject();
    }

    private async Task WriteFieldsAsync(PictureRequest picture, string base64, CancellationToken cancellationToken)
    {
        var json = line.Json;
        var refused = Call.Markers.RefusedAt is not null;
        if (refused)
        {
            json.WriteString("url", "");
            json.WriteNull(base64);
        }
        else if (answer.HoldsPictures)
        {
            json.WriteNull("url");
            json.WritePropertyName(base64);
            var prefix = settings.DataAddresses ? $"data:{Call.MediaType};base64," : "";
            await line.WriteAsync(prefix, await pictures(picture, cancellationToken), answer.Damage, cancellationToken);
        }
        else
        {
            json.WriteString("url", HostedPicture.AddressOf(batch, answer.Request, picture));
            json.WriteNull(base64);
        }

        if (!Call.Markers.NoMediaType)
        {
            json.WriteString("mime_type", Call.MediaType);
        }

        json.WriteString("revised_prompt", "");
        json.WriteBoolean("respect_moderation", !refused);
    }

    // What breaks the guidelines is charged all the same.
    private void WriteUsage()
    {
        if (Call.Markers.Usage != UsageShown.Left)
        {
            line.Json.WriteStartObject("usage");
            line.Json.WriteNumber(
                "cost_in_usd_ticks", Call.Ticks * answer.Pictures.Count * (Call.Markers.Usage == UsageShown.Negative ? -1 : 1));
            line.Json.WriteEndObject();
        }
    }
}
