using System.Globalization;
using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Faults;

/// <summary>A fault in words: <c>verb:argument;name=value;name=value</c>.</summary>
internal sealed class FaultText
{
    private readonly string _text;
    private readonly Dictionary<string, string> _options = new(StringComparer.OrdinalIgnoreCase);

    public FaultText(string text)
    {
        _text = text;
        var parts = text.Split(';');
        var colon = parts[0].IndexOf(':');
        Verb = (colon < 0 ? parts[0] : parts[0][..colon]).Trim().ToLowerInvariant();
        Argument = colon < 0 ? "" : parts[0][(colon + 1)..].Trim();
        foreach (var part in parts.Skip(1).Where(part => part.Length > 0))
        {
            var equals = part.IndexOf('=');
            if (equals < 0)
            {
                throw new FormatException($"In '{text}', '{part}' should be name=value.");
            }

            _options[part[..equals].Trim()] = part[(equals + 1)..].Trim();
        }
    }

    public string Verb { get; }

    public string Argument { get; }

    public string? Option(string name) => _options.GetValueOrDefault(name);

    public IReadOnlyDictionary<string, string> Options => _options;

    public int Status(int otherwise) => Argument.Length == 0 ? otherwise : (int)Number(Argument, 100, 999);

    public long Bytes(bool fromEndToo = false) => Number(Argument, fromEndToo ? long.MinValue : 0, long.MaxValue);

    public long Size() => Size(Argument);

    public long Size(string text) => ByteSizes.TryParse(text, out var bytes) ? bytes : throw Wrong(text, "a number of bytes such as 10MB");

    public int Count(string option) => Option(option) is { } text ? (int)Number(text, 1, int.MaxValue) : 0;

    public TimeSpan Span(string text) => Spans.TryParse(text, out var span) ? span : throw Wrong(text, "a span of time such as 5s");

    public (string Name, string Value) Pair()
    {
        var equals = Argument.IndexOf('=');
        return equals > 0 ? (Argument[..equals].Trim(), Argument[(equals + 1)..].Trim()) : throw Wrong(Argument, "name=value");
    }

    public FormatException Wrong(string text, string wanted) => new($"In '{_text}', '{text}' should be {wanted}.");

    private long Number(string text, long least, long most) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= least && number <= most
            ? number
            : throw Wrong(text, "a number");
}
