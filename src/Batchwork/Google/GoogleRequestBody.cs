using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Batchwork.Json;

namespace Batchwork.Google;

/// <summary>Writes requests: <c>{"contents":[…],"generationConfig":{…}}</c>. The same request always makes the same bytes.</summary>
internal sealed class GoogleRequestBody(GoogleSizes sizes)
{
    private const string ImagePrefix = GoogleOptions.ImageConfig + ".";
    private const string ThinkingPrefix = GoogleOptions.ThinkingConfig + ".";

    // What stands beside generationConfig, not in it.
    private static readonly FrozenSet<string> s_besideConfig =
        new[] { "safetySettings", "cachedContent", "labels", "serviceTier", "systemInstruction", "toolConfig", "tools" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly JsonBuffer _body = new();
    private readonly JsonBuffer _end = new();
    private EffectiveRequest? _last;
    private GoogleOptions _options = new(new Dictionary<string, EffectiveValue<JsonNode>>());
    private GoogleShape? _shape;
    private (GoogleOptions? Options, GoogleShape? Shape) _endOf;

    /// <summary>The options of a request. Rows without options of their own share them.</summary>
    public GoogleOptions Options(EffectiveRequest request)
    {
        Take(request);
        return _options;
    }

    /// <summary>The shape of a request's picture.</summary>
    public GoogleShape Shape(EffectiveRequest request)
    {
        Take(request);
        return _shape!;
    }

    /// <summary>Writes a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="number">Which of its pictures, from 1.</param>
    /// <returns>Its bytes; only valid until the next call.</returns>
    public ReadOnlyMemory<byte> Write(EffectiveRequest request, int number)
    {
        Take(request);
        _body.Clear();
        _body.Raw("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":"u8);
        _body.Text(request.Prompt);
        _body.Raw(End(request, number));
        return _body.Written;
    }

    // What follows the prompt is mostly that of the row before: it comes from the defaults. A seed is another for each picture.
    private ReadOnlySpan<byte> End(EffectiveRequest request, int number)
    {
        if (_endOf != (_options, _shape) || request.Seed.IsSent)
        {
            _endOf = request.Seed.IsSent ? default : (_options, _shape);
            _end.Clear();
            WriteEnd(request, number);
        }

        return _end.Written.Span;
    }

    private void WriteEnd(EffectiveRequest request, int number)
    {
        _end.Raw("}]}],\"generationConfig\":{\"responseModalities\":"u8);
        WriteModalities();
        if (request.Seed.IsSent)
        {
            _end.Raw(",\"seed\":"u8);
            _end.Number(request.Seed.Value + number - 1);
        }

        WriteImageConfig();
        WriteThinking();
        foreach (var option in _options.Sent.Where(IsInConfig))
        {
            Property(option.Name, option.Value.Value!);
        }

        _end.Raw("}"u8);
        foreach (var option in _options.Sent.Where(o => s_besideConfig.Contains(o.Name)))
        {
            Property(option.Name, option.Value.Value!);
        }

        WriteShortHands();
        _end.Raw("}"u8);
    }

    private static bool IsInConfig(GoogleOption option) =>
        !s_besideConfig.Contains(option.Name)
        && option.Name is not ("responseModalities" or "googleSearch" or "retrievalConfig")
        && !option.Name.StartsWith(ImagePrefix, StringComparison.Ordinal)
        && !option.Name.StartsWith(ThinkingPrefix, StringComparison.Ordinal);

    private void Take(EffectiveRequest request)
    {
        if (ReferenceEquals(_last, request))
        {
            return;
        }

        if (_last is null || !ReferenceEquals(_last.Options, request.Options))
        {
            _options = new GoogleOptions(request.Options);
            _shape = null;
        }

        if (_shape is null || _last!.AspectRatio != request.AspectRatio || _last.Size != request.Size)
        {
            _shape = GoogleShape.Of(request, _options, sizes);
        }

        _last = request;
    }

    private void WriteModalities()
    {
        if (_options.Find("responseModalities") is { } modalities && GoogleRules.MakesImages(modalities.Value.Value!))
        {
            _end.Node(modalities.Value.Value!);
        }
        else
        {
            _end.Raw("[\"IMAGE\"]"u8);
        }
    }

    // generationConfig.imageConfig, not the newer responseFormat: v1beta takes only this one for certain (python-genai marks the other as unsupported, August 2026).
    private void WriteImageConfig()
    {
        var others = _options.Sent.Where(o => o.Name.StartsWith(ImagePrefix, StringComparison.Ordinal) && o.Name is not (GoogleShape.RatioOption or GoogleShape.SizeOption)).ToList();
        if (_shape!.Ratio is null && _shape.Size is null && others.Count == 0 && !_options.HasImageConfig)
        {
            return;
        }

        _end.Raw(",\"imageConfig\":{"u8);
        var isFirst = true;
        Member("aspectRatio", _shape.Ratio?.Value);
        Member("imageSize", _shape.Size?.Value);
        foreach (var option in others)
        {
            Comma();
            _end.Text(option.Name.AsSpan(ImagePrefix.Length));
            _end.Raw(":"u8);
            _end.Node(option.Value.Value!);
        }

        _end.Raw("}"u8);

        void Member(string name, string? value)
        {
            if (value is not null)
            {
                Comma();
                _end.Text(name);
                _end.Raw(":"u8);
                _end.Text(value);
            }
        }

        void Comma()
        {
            if (!isFirst)
            {
                _end.Raw(","u8);
            }

            isFirst = false;
        }
    }

    private void WriteThinking()
    {
        var options = _options.Sent.Where(o => o.Name.StartsWith(ThinkingPrefix, StringComparison.Ordinal)).ToList();
        if (options.Count == 0)
        {
            return;
        }

        _end.Raw(",\"thinkingConfig\":{"u8);
        for (var i = 0; i < options.Count; i++)
        {
            _end.Raw(i == 0 ? ""u8 : ","u8);
            _end.Text(options[i].Name.AsSpan(ThinkingPrefix.Length));
            _end.Raw(":"u8);
            _end.Node(options[i].Value.Value!);
        }

        _end.Raw("}"u8);
    }

    // As in the published library: googleSearch is one of the tools, retrievalConfig a part of toolConfig. Whoever writes tools or toolConfig puts it there.
    private void WriteShortHands()
    {
        if (_options.Find("googleSearch") is { } search && _options.Find("tools") is null)
        {
            _end.Raw(",\"tools\":[{\"googleSearch\":"u8);
            _end.Node(search.Value.Value!);
            _end.Raw("}]"u8);
        }

        if (_options.Find("retrievalConfig") is { } retrieval && _options.Find("toolConfig") is null)
        {
            _end.Raw(",\"toolConfig\":{\"retrievalConfig\":"u8);
            _end.Node(retrieval.Value.Value!);
            _end.Raw("}"u8);
        }
    }

    private void Property(string name, JsonNode value)
    {
        _end.Raw(","u8);
        _end.Text(name);
        _end.Raw(":"u8);
        _end.Node(value);
    }
}
