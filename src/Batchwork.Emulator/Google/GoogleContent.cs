using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Results;

namespace Batchwork.Emulator.Google;

/// <summary>Writes a GenerateContentResponse: candidates with parts, feedback on the prompt, usage.</summary>
internal static class GoogleContent
{
    public static async Task WriteAsync(
        JsonLine line, GoogleContentAnswer answer, PictureSource pictures, BatchRecord batch, CancellationToken cancellationToken)
    {
        var (json, call) = (line.Json, answer.Call!);
        json.WriteStartObject();
        if (call.Markers.RefusedAt == "input")
        {
            json.WriteStartObject("promptFeedback");
            json.WriteString("blockReason", "PROHIBITED_CONTENT");
            json.WriteEndObject();
        }
        else
        {
            json.WriteStartArray("candidates");
            json.WriteStartObject();
            await WriteCandidateAsync(line, answer, pictures, batch, cancellationToken);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        WriteUsage(json, call);
        json.WriteString("modelVersion", batch.Model);
        json.WriteString("responseId", IdOf(batch, answer.Request));
        json.WriteEndObject();
    }

    private static async Task WriteCandidateAsync(
        JsonLine line, GoogleContentAnswer answer, PictureSource pictures, BatchRecord batch, CancellationToken cancellationToken)
    {
        var (json, call) = (line.Json, answer.Call!);
        var reason = call.Markers.FinishReason ?? (call.Markers.RefusedAt is null ? "STOP" : "IMAGE_SAFETY");
        if (reason == "STOP")
        {
            json.WriteStartObject("content");
            json.WriteString("role", "model");
            json.WriteStartArray("parts");
            await WritePartsAsync(line, answer, pictures, batch, cancellationToken);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteString("finishReason", reason);
        if (reason != "STOP")
        {
            json.WriteString("finishMessage", "Unable to show the generated image.");
        }

        json.WriteNumber("index", 0);
    }

    private static async Task WritePartsAsync(
        JsonLine line, GoogleContentAnswer answer, PictureSource pictures, BatchRecord batch, CancellationToken cancellationToken)
    {
        var (json, call) = (line.Json, answer.Call!);
        if (call.WantsThoughts)
        {
            WriteText(json, "**Composing the picture**\n\nA first draft decides light and layout.", thought: true);
            if (answer.Pictures is [var picture, ..])
            {
                // A draft is another picture: a client that takes it for the result shows so.
                await WritePictureAsync(line, answer, picture with { Index = picture.Index + 500 }, pictures, true, cancellationToken);
            }
        }

        if (answer.Pictures.Count == 0)
        {
            WriteText(json, "I can describe this picture, but did not make it.", thought: false);
            return;
        }

        if (call.WantsText)
        {
            WriteText(json, "Here is your picture.", thought: false);
        }

        foreach (var picture in answer.Pictures)
        {
            await WritePictureAsync(line, answer, picture, pictures, false, cancellationToken);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string text, bool thought)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        if (thought)
        {
            json.WriteBoolean("thought", true);
        }

        json.WriteEndObject();
    }

    private static async Task WritePictureAsync(
        JsonLine line,
        GoogleContentAnswer answer,
        Pictures.PictureRequest picture,
        PictureSource pictures,
        bool thought,
        CancellationToken cancellationToken)
    {
        var json = line.Json;
        json.WriteStartObject();
        json.WriteStartObject("inlineData");
        if (!answer.Call!.Markers.NoMediaType)
        {
            json.WriteString("mimeType", $"image/{picture.Format.ToString().ToLowerInvariant()}");
        }

        json.WritePropertyName("data");
        await line.WriteAsync(await pictures(picture, cancellationToken), answer.Damage, cancellationToken);
        json.WriteEndObject();
        if (thought)
        {
            json.WriteBoolean("thought", true);
        }
        else
        {
            json.WriteString("thoughtSignature", "EmulatedThoughtSignature==");
        }

        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, GoogleCall call)
    {
        if (call.Markers.Usage == UsageShown.Left)
        {
            return;
        }

        var sign = call.Markers.Usage == UsageShown.Negative ? -1 : 1;
        json.WriteStartObject("usageMetadata");
        json.WriteNumber("promptTokenCount", sign * call.PromptTokens);
        if (call.OutputTokens > 0)
        {
            json.WriteNumber("candidatesTokenCount", sign * call.OutputTokens);
        }

        if (call.ThoughtTokens > 0)
        {
            json.WriteNumber("thoughtsTokenCount", sign * call.ThoughtTokens);
        }

        json.WriteNumber("totalTokenCount", sign * (call.PromptTokens + call.OutputTokens + call.ThoughtTokens));
        WriteDetails(json, "promptTokensDetails", "TEXT", call.PromptTokens);
        if (call.OutputTokens > 0)
        {
            WriteDetails(json, "candidatesTokensDetails", "IMAGE", call.OutputTokens);
        }

        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, string name, string modality, int tokens)
    {
        json.WriteStartArray(name);
        json.WriteStartObject();
        json.WriteString("modality", modality);
        json.WriteNumber("tokenCount", tokens);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string IdOf(BatchRecord batch, int request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{batch.Id} {request}")).AsSpan(0, 11));
}
