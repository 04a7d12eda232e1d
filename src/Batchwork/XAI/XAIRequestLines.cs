using Batchwork.Json;

namespace Batchwork.XAI;

/// <summary>
/// Writes a batch's upload line by line: <c>{"custom_id":"a","method":"POST","url":"/v1/images/generations","body":{…}}</c>. The same batch always
/// makes the same bytes.
/// </summary>
internal sealed class XAIRequestLines : IRequestWriter
{
    private readonly JsonBuffer _line = new();
    private readonly JsonBuffer _end = new();
    private readonly byte[] _beforeBody;
    private readonly byte[] _bodyStart;
    private EffectiveRequest? _last;

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
        if (_last is null || request.N != _last.N || request.AspectRatio != _last.AspectRatio || !ReferenceEquals(request.Options, _last.Options))
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
        _end.Raw(",\"response_format\":\"b64_json\""u8);
        var options = XAIOptions.Resolve(request);
        if (request.AspectRatio.Value is { } ratio && !options.Any(o => o.Name == XAIOptions.AspectRatio))
        {
            _end.Raw(",\"aspect_ratio\":"u8);
            _end.Text(ratio);
        }

        foreach (var option in options)
        {
            _end.Raw(","u8);
            _end.Text(option.WireName);
            _end.Raw(":"u8);
            _end.Node(option.Value.Value!);
        }

        _end.Raw("}"u8);
    }
}
