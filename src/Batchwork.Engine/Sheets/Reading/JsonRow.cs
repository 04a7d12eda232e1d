using System.Text.Json;
using Batchwork.Engine.Sheets.Columns;

namespace Batchwork.Engine.Sheets.Reading;

/// <summary>Turns JSON objects into rows: our own names, and lines copied from an OpenAI batch file (<c>custom_id</c>, <c>method</c>, <c>url</c>, <c>body</c>).</summary>
internal sealed class JsonRow
{
    private const string ImagePath = "/v1/images/generations";
    private readonly Dictionary<string, string?> _names = new(StringComparer.Ordinal);
    private readonly List<SheetColumn> _columns = [];

    public IReadOnlyList<SheetColumn> Columns => _columns;

    public ReadRow Read(JsonElement json, int number, Func<string, int, string> clean)
    {
        var target = new Target(number, clean);
        if (json.TryGetProperty("body", out var body) && body.ValueKind == JsonValueKind.Object && json.TryGetProperty("custom_id", out _))
        {
            ReadOpenAI(json, body, target);
        }
        else
        {
            foreach (var property in json.EnumerateObject())
            {
                Put(target, property.Name, FieldOf(property.Name, number), property.Value);
            }
        }

        return new ReadRow(number, target.Cells, target.Extra, target.Problem);
    }

    /// <summary>Everything in the body is sent to the provider, so what is no field of ours is an option.</summary>
    private void ReadOpenAI(JsonElement line, JsonElement body, Target target)
    {
        if (line.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String && url.GetString() is { } path && path != ImagePath)
        {
            target.Fail("not-an-image-request", $"It is for {CellText.Cut(path)}; only {ImagePath} makes images here.");
        }

        Put(target, "custom_id", SheetFields.CustomId, line.GetProperty("custom_id"));
        foreach (var property in body.EnumerateObject())
        {
            if (property.NameEquals("model"))
            {
                Put(target, property.Name, null, property.Value);
            }
            else
            {
                var field = ColumnNames.FieldOf(property.Name) ?? ColumnNames.FieldOfOption(ColumnNames.CamelCase(property.Name));
                Put(target, property.Name, field, property.Value);
            }
        }
    }

    private string? FieldOf(string name, int number)
    {
        if (!_names.TryGetValue(name, out var field))
        {
            field = ColumnNames.FieldOf(name);
            if (_names.Count >= SheetLimits.Columns)
            {
                throw new SheetFaultException(number, $"Line {number}: the file has more than {SheetLimits.Columns} different names. Remove those that are not needed.");
            }

            _names.Add(name, field);
        }

        return field;
    }

    private void Put(Target target, string name, string? field, JsonElement value)
    {
        if (name.Length is 0 or > SheetLimits.HeaderLength)
        {
            target.Fail("bad-name", $"A name is empty or longer than {SheetLimits.HeaderLength} characters.");
            return;
        }

        if (_columns.TrueForAll(c => c.Header != name))
        {
            _columns.Add(new SheetColumn(name, field));
        }

        target.Put(name, field, value);
    }

    private sealed class Target(int number, Func<string, int, string> clean)
    {
        public Dictionary<string, string> Cells { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string>? Extra { get; private set; }

        public RowProblem? Problem { get; private set; }

        public void Fail(string code, string message) => Problem ??= new RowProblem(RowCheck.Error, code, null, null, message, null);

        public void Put(string name, string? field, JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Null)
            {
                return;
            }

            var isText = value.ValueKind == JsonValueKind.String;
            if (!HasRightKind(field, value.ValueKind))
            {
                Fail("wrong-kind", $"'{name}' must be {(field == SheetFields.Options ? "an object" : field == SheetFields.Prompt ? "text in quotes" : "text or a number")}.");
                return;
            }

            var text = clean(isText ? TextOf(value) : value.GetRawText(), number);
            if (field is null)
            {
                (Extra ??= new(StringComparer.Ordinal))[name] = text;
            }
            else if (!string.IsNullOrWhiteSpace(text) && !Cells.TryAdd(field, text))
            {
                Fail("given-twice", $"'{name}' and another name both give '{field}'. Remove one of the two.");
            }
        }

        private static bool HasRightKind(string? field, JsonValueKind kind) => field switch
        {
            null => true,
            SheetFields.Prompt => kind == JsonValueKind.String,
            SheetFields.Options => kind is JsonValueKind.Object or JsonValueKind.String,
            _ when field.StartsWith("option:", StringComparison.Ordinal) => true,
            _ => kind is JsonValueKind.String or JsonValueKind.Number,
        };

        private static string TextOf(JsonElement value)
        {
            try
            {
                return value.GetString()!;
            }
            catch (InvalidOperationException)
            {
                // A lone surrogate such as "\ud800" is valid JSON and no valid text.
                return CellText.Unreadable.ToString();
            }
        }
    }
}
