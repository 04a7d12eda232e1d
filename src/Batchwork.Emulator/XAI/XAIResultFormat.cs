using System.Text.Json;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Control;
using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Results;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.XAI;

/// <summary>
/// Writes results: <c>{"batch_request_id":"a","batch_result":{"response":{"image_generation":{"data":[…],"usage":{…}}}}}</c>, or
/// <c>{"batch_request_id":"a","batch_result":{"error":{"code":3,"message":"…"}}}</c>, all in one list.
/// </summary>
internal sealed class XAIResultFormat(SettingsStore settings) : IAnswerFormat
{
    public string IdKey => "batch_request_id";

    public Answer Read(ReadOnlyMemory<byte> line, BatchRecord batch, int request)
    {
        using var json = JsonDocument.Parse(line);
        var customId = json.RootElement.Text("custom_id")!;
        var (call, error) = new XAICallReader(json.RootElement.GetProperty("body")).Read();
        error ??= ErrorOf(call!.Markers, batch.Settled.Contains(request));
        var way = settings.Current.XAI.PicturesAs;
        return error is not null
            ? new XAIPicturesAnswer { CustomId = customId, Request = request, Error = error }
            : new XAIPicturesAnswer
            {
                CustomId = customId,
                Request = request,
                Call = call,
                Pictures = [.. Enumerable.Range(0, call!.Pictures).Select(call.Picture)],
                HoldsPictures = call.Markers.RefusedAt is null && (way == "asked" ? call.AsBase64 : way == "b64_json"),
                PaddedTo = call.Markers.PaddedTo,
                Damage = call.Markers.Damage,
                Twist = call.Markers.Twist,
            };
    }

    public async Task WriteAsync(
        JsonLine line, Answer answer, PictureSource pictures, BatchRecord batch, CancellationToken cancellationToken)
    {
        var content = (XAIPicturesAnswer)answer;
        var json = line.Json;
        json.WriteStartObject();
        json.WriteString("batch_request_id", answer.CustomId);
        json.WriteStartObject("batch_result");
        if (content.Error is { } error)
        {
            json.WritePropertyName("error");
            error.ToJson().WriteTo(json);
        }
        else
        {
            json.WriteStartObject("response");
            json.WritePropertyName(settings.Current.XAI.ResultName);
            await new XAIPictures(line, content, pictures, batch, settings.Current.XAI).WriteAsync(cancellationToken);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public Task WriteNotRunAsync(
        JsonLine line, ReadOnlyMemory<byte> input, BatchRecord batch, int request, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(input);
        var json = line.Json;
        json.WriteStartObject();
        json.WriteString("batch_request_id", document.RootElement.Text("custom_id"));
        json.WriteStartObject("batch_result");
        json.WritePropertyName("error");
        new XAIError(400, "", "The batch was cancelled before this request was run.") { ResultCode = 1 }.ToJson().WriteTo(json);
        json.WriteEndObject();
        json.WriteEndObject();
        return Task.CompletedTask;
    }

    private static XAIError? ErrorOf(PromptMarkers markers, bool settled) => markers switch
    {
        { RefusedAt: "input" } => XAIError.Invalid("Generated image rejected by content moderation."),
        { ErrorStatus: { } status } => XAIError.For(status, new ErrorWords()),
        { Flaky: true } when !settled => XAIError.For(500, new ErrorWords()),
        _ => null,
    };
}
