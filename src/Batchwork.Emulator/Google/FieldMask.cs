using System.Text.Json.Nodes;

namespace Batchwork.Emulator.Google;

/// <summary>
/// Which parts of an answer were asked for: <c>fields=name,done,metadata(state,batchStats)</c>, <c>metadata/state</c> or
/// <c>metadata.state</c>.
/// </summary>
internal sealed class FieldMask
{
    private readonly Dictionary<string, FieldMask> _fields = new(StringComparer.Ordinal);

    /// <summary>Reads what was asked for; nothing is everything.</summary>
    public static FieldMask Read(string text)
    {
        var mask = new FieldMask();
        var at = 0;
        mask.ReadInto(text.Replace(" ", "", StringComparison.Ordinal), ref at);
        return mask;
    }

    /// <summary>Whether a field deep inside is asked for.</summary>
    public bool Holds(params ReadOnlySpan<string> path) =>
        path.IsEmpty || _fields.Count == 0 || _fields.ContainsKey("*")
        || (_fields.TryGetValue(GoogleJson.Camel(path[0]), out var inner) && inner.Holds(path[1..]));

    /// <summary>What of an answer is asked for.</summary>
    public JsonObject Apply(JsonObject json)
    {
        var kept = new JsonObject();
        foreach (var (name, value) in json)
        {
            if (Holds(name))
            {
                kept[name] = value is JsonObject inner && _fields.TryGetValue(name, out var below)
                    ? below.Apply(inner)
                    : value?.DeepClone();
            }
        }

        return kept;
    }

    private void ReadInto(string text, ref int at)
    {
        while (at < text.Length && text[at] != ')')
        {
            var end = text.AsSpan(at).IndexOfAny(",()./");
            var name = GoogleJson.Camel(end < 0 ? text[at..] : text[at..(at + end)]);
            at = end < 0 ? text.Length : at + end;
            var inner = name.Length == 0 ? this : _fields[name] = _fields.GetValueOrDefault(name) ?? new FieldMask();
            var separator = at < text.Length ? text[at] : ',';
            at += separator == ')' ? 0 : 1;
            if (separator == '(')
            {
                inner.ReadInto(text, ref at);
                at++;
            }
            else if (separator is '.' or '/')
            {
                inner.ReadOne(text, ref at);
            }
        }
    }

    private void ReadOne(string text, ref int at)
    {
        var end = text.AsSpan(at).IndexOfAny(",)");
        var one = end < 0 ? text[at..] : text[at..(at + end)];
        var inside = 0;
        ReadInto(one, ref inside);
        at = end < 0 ? text.Length : at + end + (text[at + end] == ',' ? 1 : 0);
    }
}
