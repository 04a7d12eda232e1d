using Batchwork.Json;

namespace Batchwork.OpenAI;

/// <summary>
/// Writes a batch's upload line by line: <c>{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{…}}</c>. The same batch always
/// makes the same bytes.
/// </summary>
internal sealed class OpenAIRequestLines : IRequestWriter
{
    private readonly JsonBuffer _line = new();
    private readonly JsonBuffer _end = new();
    private readonly byte[] _beforeBody;
    private readonly byte[] _bodyStart;
    private readonly byte[] _bodyEnd;
    private EffectiveRequest? _last;

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
        _line.Raw(_bodyStart);
        _line.Text(request.Prompt);
        _line.Raw(End(request));
        BodyLength = _line.Length - start;
        _line.Raw("}\n"u8);
        return _line.Written;
    }

    // What follows the prompt is mostly that of the row before: it comes from the defaults.
    private ReadOnlySpan<byte> End(EffectiveRequest request)
    {
        if (_last is null || request.N != _last.N || request.Size != _last.Size || !ReferenceEquals(request.Options, _last.Options))
        {
            _last = request;
            _end.Clear();
            WriteEnd(request);
        }

        return _end.Written.Span;
    }

    private void WriteEnd(EffectiveRequest request)
    {
        _end.Raw(",\"n\":"u8);
        _end.Number(request.N.Value);
        if (request.Size.Value is { } size)
        {
            _end.Raw(",\"size\":"u8);
            _end.Text(size);
        }

        foreach (var option in OpenAIOptions.Table.Resolve(request.Options))
        {
            _end.Raw(","u8);
            _end.Text(option.WireName);
            _end.Raw(":"u8);
            _end.Node(option.Value.Value!);
        }

        _end.Raw(_bodyEnd);
    }
}
