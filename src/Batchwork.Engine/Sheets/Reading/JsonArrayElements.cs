using System.Text;

namespace Batchwork.Engine.Sheets.Reading;

/// <summary>Cuts one JSON array into the texts of its elements, without reading it whole.</summary>
/// <param name="text">The text.</param>
internal sealed class JsonArrayElements(TextReader text)
{
    private readonly StringBuilder _element = new();
    private bool _started;

    /// <summary>Number of the element that was read last, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Reads the next element.</summary>
    /// <returns>Its text; <see langword="null"/> after the last.</returns>
    /// <exception cref="SheetFaultException">The array ends too early, or an element is too long.</exception>
    public string? Read()
    {
        if (!_started)
        {
            SkipSpace();
            text.Read();
            _started = true;
        }

        SkipSpace();
        if (text.Peek() == ']')
        {
            return null;
        }

        Number++;
        _element.Clear();
        var (depth, quoted, escaped) = (0, false, false);
        while (true)
        {
            var next = text.Peek();
            if (next < 0)
            {
                throw new SheetFaultException(Number, $"The file ends inside item {Number} of the array. Is it cut off?");
            }

            var c = (char)next;
            if (!quoted && depth == 0 && c is (',' or ']'))
            {
                if (c == ',')
                {
                    text.Read();
                }

                return _element.ToString();
            }

            text.Read();
            Append(c);
            depth += quoted ? 0 : c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
            quoted = c == '"' && !escaped ? !quoted : quoted;
            escaped = quoted && c == '\\' && !escaped;
        }
    }

    private void Append(char c)
    {
        if (_element.Length >= SheetLimits.CellLength)
        {
            throw new SheetFaultException(Number, $"Item {Number} of the array is longer than 1 MiB. Is a bracket or a quote missing in it?");
        }

        _element.Append(c);
    }

    private void SkipSpace()
    {
        while (text.Peek() is var c && c >= 0 && char.IsWhiteSpace((char)c))
        {
            text.Read();
        }
    }
}
