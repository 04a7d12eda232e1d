using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;

namespace Batchwork.Emulator.XAI;

/// <summary>What became of a request of a batch.</summary>
internal sealed class XAIRequestView
{
    private readonly BatchRecord _batch;
    private readonly BatchPlan _plan;
    private readonly BatchMoment _moment;
    private readonly XAISettings _settings;
    private readonly int[] _places;

    public XAIRequestView(BatchRecord batch, BatchPlan plan, BatchMoment moment, XAISettings settings)
    {
        (_batch, _plan, _moment, _settings) = (batch, plan, moment, settings);
        _places = new int[plan.Lines.Length];
        for (var place = 0; place < _places.Length; place++)
        {
            _places[plan.RequestAt(place)] = place;
        }
    }

    public JsonObject Of(int request, byte[] line)
    {
        using var json = JsonDocument.Parse(line);
        var place = _places[request];
        var done = place < _moment.Done;
        return new JsonObject
        {
            ["batch_request_id"] = json.RootElement.Text("custom_id"),
            ["endpoint"] = json.RootElement.Text("url"),
            ["model"] = json.RootElement.GetProperty("body").Text("model"),
            ["state"] = done ? (Failed(place) ? "failed" : "succeeded")
                : _moment.Status == BatchStatus.Cancelled ? "cancelled"
                : "pending",
            ["create_time"] = XAIJson.Time(_batch.CreatedAt, _settings),
            ["finish_time"] = done ? XAIJson.Time(new BatchTimeline(_batch).EndedAt(place), _settings) : null,
        };
    }

    private bool Failed(int place) => _plan.FailedOf(place + 1) > _plan.FailedOf(place);
}
