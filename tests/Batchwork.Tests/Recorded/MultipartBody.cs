using System.Text;

namespace Batchwork.Tests.Recorded;

/// <summary>A multipart form as it came over the wire.</summary>
internal sealed class MultipartBody
{
    public Dictionary<string, string> Fields { get; } = [];

    public string FileField { get; private set; } = "";

    public string FileName { get; private set; } = "";

    public string FileType { get; private set; } = "";

    public byte[] File { get; private set; } = [];

    /// <summary>The names of all parts, in order.</summary>
    public List<string> Order { get; } = [];

    public static MultipartBody Read(string contentType, ReadOnlySpan<byte> body)
    {
        const string marker = "boundary=";
        var boundary = "--" + contentType[(contentType.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..];
        var form = new MultipartBody();
        var delimiter = Encoding.ASCII.GetBytes("\r\n" + boundary);
        Assert.True(body.StartsWith(Encoding.ASCII.GetBytes(boundary + "\r\n")), "The form does not begin with its boundary.");
        body = body[(boundary.Length + 2)..];
        while (true)
        {
            var end = body.IndexOf(delimiter);
            Assert.True(end >= 0, "A part of the form has no end.");
            form.Add(body[..end]);
            body = body[(end + delimiter.Length)..];
            if (body.StartsWith("--"u8))
            {
                return form;
            }

            body = body[2..];
        }
    }

    private void Add(ReadOnlySpan<byte> part)
    {
        var split = part.IndexOf("\r\n\r\n"u8);
        var headers = Encoding.UTF8.GetString(part[..split]).Split("\r\n")
            .Select(h => h.Split(": ", 2)).ToDictionary(h => h[0], h => h[1], StringComparer.OrdinalIgnoreCase);
        var content = part[(split + 4)..];
        var disposition = headers["Content-Disposition"];
        var name = Quoted(disposition, "name=");
        Order.Add(name);
        if (disposition.Contains("filename=", StringComparison.Ordinal))
        {
            (FileField, FileName, FileType, File) = (name, Quoted(disposition, "filename="), headers["Content-Type"], content.ToArray());
        }
        else
        {
            Fields[name] = Encoding.UTF8.GetString(content);
        }
    }

    private static string Quoted(string disposition, string name)
    {
        var start = disposition.IndexOf(" " + name + "\"", StringComparison.Ordinal) + name.Length + 2;
        return disposition[start..disposition.IndexOf('"', start)];
    }
}
