using System.Text.Json.Nodes;
using Batchwork.Json;

namespace Batchwork.XAI;

/// <summary>
/// Writes a batch's upload line by line: <c>{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{…}}</c>. The same batch always
/// makes the same bytes.
/// </summary>
internal sealed class XAIRequestLines : IRequestWriter
{
    private readonly JsonBuffer _line = new();
    private readonly byte[] _beforeBody;
    private readonly byte[] _bodyStart;
    private IReadOnlyDictionary<string, EffectiveValue<JsonNode>>? _lastOptions;
    private EffectiveValue<string> _lastRatio;
    private IReadOnlyList<WireOption> _resolved = [];

    public XAIRequestLines(string model)
    {
        var start = new JsonBuffer();
        start.Raw(",\"method\":\"POST\",\"url\":"u8);
        start.Text(XAIWire.Endpoint);
        start.Raw(",\"body\":"u8);
        _beforeBody = start.Written.ToArray();

        var body = new JsonBuffer();
        body.Raw("{\"model\":"u8);
        body.Text(model);
        body.Raw(",\"prompt\":"u8);
        _bodyStart = body.Written.ToArray();
    }

    public int BodyLength { get; private set; }

    public ReadOnlyMemory<byte> Write(EffectiveRequest request)
    {
        _line.Clear();
        _line.Raw("{\"custom_id\":"u8);
        _line.Text(request.CustomId);
        _line.Raw(_beforeBody);
        var start = _line.Length;
        WriteBody(request);
        BodyLength = _line.Length - start;
        _line.Raw("}\n"u8);
        return _line.Written;
    }

    private void WriteBody(EffectiveRequest request)
    {
        _line.Raw(_bodyStart);
        _line.Text(request.Prompt);
        _line.Raw(",\"n\":"u8);
        _line.Number(request.N.Value);
        _line.Raw(",\"response_format\":\"b64_json\""u8);
        var options = Options(request);
        if (request.AspectRatio.Value is { } ratio && !options.Any(o => o.Name == XAIOptions.AspectRatio))
        {
            _line.Raw(",\"aspect_ratio\":"u8);
            _line.Text(ratio);
        }

        foreach (var option in options)
        {
            _line.Raw(","u8);
            _line.Text(option.WireName);
            _line.Raw(":"u8);
            _line.Node(option.Value.Value!);
        }

        _line.Raw("}"u8);
    }

    // Rows without options of their own share one dictionary.
    private IReadOnlyList<WireOption> Options(EffectiveRequest request)
    {
        if (!ReferenceEquals(_lastOptions, request.Options) || _lastRatio != request.AspectRatio)
        {
            _resolved = XAIOptions.Resolve(request);
            _lastOptions = request.Options;
            _lastRatio = request.AspectRatio;
        }

        return _resolved;
    }
}
