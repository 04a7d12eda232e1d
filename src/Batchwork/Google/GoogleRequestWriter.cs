using Batchwork.Json;

namespace Batchwork.Google;

/// <summary>Writes the lines of an upload: <c>{"key":"cat","request":{…}}</c>, one a picture.</summary>
internal sealed class GoogleRequestWriter(GoogleRequestBody body) : IRequestWriter
{
    private readonly JsonBuffer _lines = new();

    public int BodyLength { get; private set; }

    public ReadOnlyMemory<byte> Write(EffectiveRequest request)
    {
        _lines.Clear();
        BodyLength = 0;

        // Far too many are an error, and need not be written.
        var count = Math.Min(request.N.Value, GoogleWire.MostPictures);
        for (var number = 1; number <= count; number++)
        {
            var written = body.Write(request, number);
            BodyLength = Math.Max(BodyLength, written.Length);
            _lines.Raw("{\"key\":"u8);
            _lines.Text(new GooglePartKey(request.CustomId, number, request.N.Value).ToString());
            _lines.Raw(",\"request\":"u8);
            _lines.Raw(written.Span);
            _lines.Raw("}\n"u8);
        }

        return _lines.Written;
    }
}
