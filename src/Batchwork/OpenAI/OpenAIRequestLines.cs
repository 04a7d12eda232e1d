using System.Text.Json.Nodes;
using Batchwork.Json;

namespace Batchwork.OpenAI;

/// <summary>
/// Writes a batch's upload line by line: <c>{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{…}}</c>. The same batch always
/// makes the same bytes.
/// </summary>
internal sealed class OpenAIRequestLines : IRequestWriter
{
    private readonly JsonBuffer _line = new();
    private readonly byte[] _beforeBody;
    private readonly byte[] _bodyStart;
    private readonly byte[] _bodyEnd;
    private IReadOnlyDictionary<string, EffectiveValue<JsonNode>>? _lastOptions;
    private IReadOnlyList<WireOption> _resolved = [];

    public OpenAIRequestLines(string model)
    {
        var start = new JsonBuffer();
        start.Raw(",\"method\":\"POST\",\"url\":"u8);
        start.Text(OpenAIWire.Endpoint);
        start.Raw(",\"body\":"u8);
        _beforeBody = start.Written.ToArray();

        var body = new JsonBuffer();
        body.Raw("{\"model\":"u8);
        body.Text(model);
        body.Raw(",\"prompt\":"u8);
        _bodyStart = body.Written.ToArray();
        _bodyEnd = OpenAIWire.AlwaysSendsBase64(model) ? "}"u8.ToArray() : ",\"response_format\":\"b64_json\"}"u8.ToArray();
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
        if (request.Size.Value is { } size)
        {
            _line.Raw(",\"size\":"u8);
            _line.Text(size);
        }

        foreach (var option in Options(request))
        {
            _line.Raw(","u8);
            _line.Text(option.WireName);
            _line.Raw(":"u8);
            _line.Node(option.Value.Value!);
        }

        _line.Raw(_bodyEnd);
    }

    private IReadOnlyList<WireOption> Options(EffectiveRequest request)
    {
        // Rows without options of their own share one dictionary.
        if (!ReferenceEquals(_lastOptions, request.Options))
        {
            _resolved = OpenAIOptions.Table.Resolve(request.Options);
            _lastOptions = request.Options;
        }

        return _resolved;
    }
}
