namespace Batchwork.Engine.Sheets.Reading;

/// <summary>Recognises files that are no text, to say what to do instead of showing their bytes as rows.</summary>
internal static class SheetSignature
{
    private const string SaveAs = "Open it in your program, choose “Save as” and CSV (UTF-8), and upload that file.";

    private static readonly (byte[] Start, string Message)[] s_known =
    [
        ("PK\u0003\u0004"u8.ToArray(), $"This is a workbook or another zipped file, not text. {SaveAs}"),
        ([0xD0, 0xCF, 0x11, 0xE0], $"This is an old Excel workbook, or one that is protected with a password. {SaveAs}"),
        ("%PDF"u8.ToArray(), "This is a PDF, not a prompt sheet. Upload CSV, TSV, JSONL or plain text."),
        ([0x89, 0x50, 0x4E, 0x47], "This is a picture, not a prompt sheet. Upload CSV, TSV, JSONL or plain text."),
        ([0xFF, 0xD8, 0xFF], "This is a picture, not a prompt sheet. Upload CSV, TSV, JSONL or plain text."),
        ([0x1F, 0x8B], "This file is packed (gzip). Unpack it and upload what is inside."),
        ("{\\rtf"u8.ToArray(), "This is a formatted text document (RTF). Save it as plain text and upload that."),
        ("<!doctype"u8.ToArray(), $"This is a web page, not a prompt sheet. {SaveAs}"),
        ("<html"u8.ToArray(), $"This is a web page, not a prompt sheet. {SaveAs}"),
        ("<?xml"u8.ToArray(), $"This is an XML document, not a prompt sheet. {SaveAs}"),
    ];

    /// <summary>Says what a file is that cannot be read.</summary>
    /// <param name="file">The file.</param>
    /// <returns>What it is and what to do; <see langword="null"/> for text.</returns>
    public static string? Refuse(Stream file)
    {
        file.Position = 0;
        Span<byte> head = stackalloc byte[512];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        var lower = new byte[head.Length];
        for (var i = 0; i < head.Length; i++)
        {
            lower[i] = head[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(head[i] + 32) : head[i];
        }

        foreach (var (start, message) in s_known)
        {
            if (head.StartsWith(start) || lower.AsSpan().StartsWith(start))
            {
                return message;
            }
        }

        return null;
    }
}
