using System.Text.Json;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Markers;
using Batchwork.Emulator.Results;
using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.Google;

/// <summary>
/// Writes results: <c>{"key":"a","response":{…}}</c> in a file, <c>{"metadata":{"key":"a"},"response":{…}}</c> in a document. Errors
/// stand beside the answers, in the same place.
/// </summary>
internal sealed class GoogleResultFormat : IAnswerFormat
{
    public string IdKey => "key";

    public Answer Read(ReadOnlyMemory<byte> line, BatchRecord batch, int request)
    {
        using var json = JsonDocument.Parse(line);
        var key = GoogleLineReader.KeyOf(json.RootElement);
        var model = GoogleModels.Find(batch.Model) ?? GoogleModels.All[0];
        var (call, error) = new GoogleCallReader(json.RootElement.Field("request")!.Value, model).Read();
        error ??= ErrorOf(call!.Markers, batch.Settled.Contains(request));
        return error is not null
            ? new GoogleContentAnswer { CustomId = key, Request = request, Error = error }
            : new GoogleContentAnswer
            {
                CustomId = key,
                Request = request,
                Call = call,
                Pictures = call!.HasPicture ? [call.Picture(0, batch.OutputFormat)] : [],
                PaddedTo = call.Markers.PaddedTo,
                Damage = call.Markers.Damage,
                Twist = call.Markers.Twist,
            };
    }

    public async Task WriteAsync(
        JsonLine line, Answer answer, PictureSource pictures, BatchRecord batch, CancellationToken cancellationToken)
    {
        var content = (GoogleContentAnswer)answer;
        var json = line.Json;
        json.WriteStartObject();
        if (GoogleResultPlace.IsInline(batch))
        {
            json.WriteStartObject("metadata");
            json.WriteString("key", answer.CustomId);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("key", answer.CustomId);
        }

        if (content.Error is { } error)
        {
            json.WritePropertyName("error");
            error.ToJson().WriteTo(json);
        }
        else
        {
            json.WritePropertyName("response");
            await GoogleContent.WriteAsync(line, content, pictures, batch, cancellationToken);
        }

        json.WriteEndObject();
    }

    // A batch that ends early has no results at all.
    public Task WriteNotRunAsync(
        JsonLine line, ReadOnlyMemory<byte> input, BatchRecord batch, int request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Google has no results for requests that were not run.");

    private static GoogleError? ErrorOf(PromptMarkers markers, bool settled) => markers switch
    {
        { ErrorStatus: { } status } => GoogleError.For(status, new ErrorWords()),
        { Flaky: true } when !settled => GoogleError.For(500, new ErrorWords()),
        _ => null,
    };
}
