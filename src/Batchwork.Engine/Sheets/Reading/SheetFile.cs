using System.Text;

namespace Batchwork.Engine.Sheets.Reading;

/// <summary>A file whose kind, encoding and layout are known. Each pass over its rows starts anew.</summary>
internal sealed class SheetFile
{
    private const int HeadLength = 64 * 1024;
    private readonly Stream _file;
    private readonly SheetEncoding _encoding;
    private readonly SheetLayout _layout;

    private SheetFile(Stream file, SheetEncoding encoding, SheetLayout layout)
    {
        _file = file;
        _encoding = encoding;
        _layout = layout;
    }

    public SheetFormat Format => _layout.Format;

    /// <summary>Recognises a file.</summary>
    /// <param name="file">The file, which can be read again from its start.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="isPasted">Whether it was typed or pasted as prompts.</param>
    /// <returns>The file, ready to be read.</returns>
    /// <exception cref="SheetFaultException">It is no prompt sheet.</exception>
    public static SheetFile Recognise(Stream file, string fileName, bool isPasted = false)
    {
        if (!isPasted && SheetSignature.Refuse(file) is { } refusal)
        {
            throw new SheetFaultException(null, refusal);
        }

        var encoding = isPasted ? new SheetEncoding(Encoding.UTF8, 0, null) : SheetEncoding.Detect(file);
        var head = Head(file, encoding);
        if (head.AsSpan().Count('\0') > head.Length / 50)
        {
            throw new SheetFaultException(null, "This is not a text file. Upload CSV, TSV, JSONL or plain text.");
        }

        return new SheetFile(file, encoding, isPasted ? SheetSniffer.RecognisePasted(head) : SheetSniffer.Recognise(head, fileName));
    }

    /// <summary>Starts a pass over the rows.</summary>
    /// <returns>The reader.</returns>
    public RowReader Open()
    {
        var text = OpenText(_file, _encoding);
        return _layout.Format switch
        {
            SheetFormat.Separated => new SeparatedReader(text, _layout),
            SheetFormat.JsonLines => new JsonLinesReader(text, _layout.IsArray),
            _ => new PlainTextReader(text),
        };
    }

    /// <summary>What was noticed in a whole pass.</summary>
    /// <param name="reader">The reader after its pass.</param>
    /// <returns>Sentences.</returns>
    public IReadOnlyList<string> Notices(RowReader reader) =>
        _encoding.Notice is { } notice ? [notice, .. reader.Notices()] : [.. reader.Notices()];

    private static StreamReader OpenText(Stream file, SheetEncoding encoding)
    {
        file.Position = encoding.Preamble;
        return new StreamReader(file, encoding.Encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024, leaveOpen: true);
    }

    private static string Head(Stream file, SheetEncoding encoding)
    {
        using var text = OpenText(file, encoding);
        var head = new char[HeadLength];
        return new string(head, 0, text.ReadBlock(head));
    }
}
