using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Results;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.OpenAI;

/// <summary>Writes result lines: pictures and failures as HTTP answers, what was never run as an error of the batch.</summary>
internal sealed class OpenAIResultFormat : IAnswerFormat
{
    public string IdKey => "custom_id";

    public Answer Read(ReadOnlyMemory<byte> line, BatchRecord batch, int request)
    {
        using var json = JsonDocument.Parse(line);
        var customId = CustomIdOf(json);
        var (call, error) = new ImageCallReader(json.RootElement.GetProperty("body"), batch.Endpoint).Read(batch.OutputFormat);
        error ??= ErrorOf(call!.Markers, batch.Settled.Contains(request));
        return error is not null
            ? new ImageAnswer { CustomId = customId, Request = request, Error = error, IsFailure = true }
            : new ImageAnswer
            {
                CustomId = customId,
                Request = request,
                Call = call,
                Pictures = [.. Enumerable.Range(0, call!.Pictures).Select(call.Picture)],
                PaddedTo = call.Markers.PaddedTo,
                Damage = call.Markers.Damage,
                Twist = call.Markers.Twist,
            };
    }

    public async Task WriteAsync(
        JsonLine line, Answer answer, PictureSource pictures, BatchRecord batch, CancellationToken cancellationToken)
    {
        var image = (ImageAnswer)answer;
        var json = line.Json;
        WriteHead(json, answer.CustomId, batch, image.Request);
        json.WriteStartObject("response");
        json.WriteNumber("status_code", image.Error?.Status ?? 200);
        json.WriteString("request_id", IdOf(batch, image.Request, "request"));
        json.WritePropertyName("body");
        if (image.Error is { } error)
        {
            error.ToJson().WriteTo(json);
        }
        else
        {
            await WriteBodyAsync(line, image, pictures, batch, cancellationToken);
        }

        json.WriteEndObject();
        json.WriteNull("error");
        json.WriteEndObject();
    }

    public Task WriteNotRunAsync(
        JsonLine line, ReadOnlyMemory<byte> input, BatchRecord batch, int request, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(input);
        var cancelled = batch.CancelRequestedAt is not null;
        var json = line.Json;
        WriteHead(json, CustomIdOf(document), batch, request);
        json.WriteNull("response");
        json.WriteStartObject("error");
        json.WriteString("code", cancelled ? "batch_cancelled" : "batch_expired");
        json.WriteString(
            "message",
            cancelled ? "The batch was cancelled before this request was run." : "The batch expired before this request was run.");
        json.WriteEndObject();
        json.WriteEndObject();
        return Task.CompletedTask;
    }

    private static OpenAIError? ErrorOf(PromptMarkers markers, bool settled) => markers switch
    {
        { RefusedAt: { } stage } => OpenAIError.Refused(stage),
        { ErrorStatus: { } status } => OpenAIError.For(status, new ErrorWords()),
        { Flaky: true } when !settled => OpenAIError.For(500, new ErrorWords()),
        _ => null,
    };

    private static string CustomIdOf(JsonDocument line) => line.RootElement.GetProperty("custom_id").GetString()!;

    private static void WriteHead(Utf8JsonWriter json, string customId, BatchRecord batch, int request)
    {
        json.WriteStartObject();
        json.WriteString("id", "batch_req_" + IdOf(batch, request, "line"));
        json.WriteString("custom_id", customId);
    }

    private static async Task WriteBodyAsync(
        JsonLine line, ImageAnswer answer, PictureSource pictures, BatchRecord batch, CancellationToken cancellationToken)
    {
        var (json, call) = (line.Json, answer.Call!);
        json.WriteStartObject();
        json.WriteNumber("created", (batch.CreatedAt + batch.Schedule.Validating).ToUnixTimeSeconds());
        json.WriteString("background", call.Background);
        json.WriteStartArray("data");
        foreach (var request in answer.Pictures)
        {
            json.WriteStartObject();
            json.WritePropertyName("b64_json");
            await line.WriteAsync(await pictures(request, cancellationToken), answer.Damage, cancellationToken);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (!call.Markers.NoMediaType)
        {
            json.WriteString("output_format", call.OutputFormat);
        }

        json.WriteString("quality", call.Quality);
        json.WriteString("size", call.Size.ToString());
        WriteUsage(json, call);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, ImageCall call)
    {
        if (call.Markers.Usage == UsageShown.Left)
        {
            return;
        }

        var sign = call.Markers.Usage == UsageShown.Negative ? -1 : 1;
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", sign * (call.TextTokens + call.ImageTokens));
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("image_tokens", sign * call.ImageTokens);
        json.WriteNumber("text_tokens", sign * call.TextTokens);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", sign * call.OutputTokens);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("image_tokens", sign * call.OutputTokens);
        json.WriteNumber("text_tokens", 0);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", sign * (call.TextTokens + call.ImageTokens + call.OutputTokens));
        json.WriteEndObject();
    }

    // Ids that look drawn by lot and are the same whenever the file is made again.
    private static string IdOf(BatchRecord batch, int request, string purpose) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{batch.Id} {request} {purpose}")).AsSpan(0, 16));
}
