using System.Buffers.Binary;
using System.Text;

namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>What the server drew at once: new elements, and handlers that are gone. Laid out as the framework's script reads it: tables from the end.</summary>
internal sealed class RenderBatch
{
    private const int FrameSize = 20;
    private readonly byte[] _bytes;
    private readonly int _strings;
    private readonly int _frames;

    private RenderBatch(byte[] bytes)
    {
        _bytes = bytes;
        _frames = Number(bytes.Length - 16);
        _strings = Number(bytes.Length - 4);
        var disposed = Number(bytes.Length - 8);
        DisposedHandlers = [.. Enumerable.Range(0, Number(disposed)).Select(i => BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(disposed + 4 + (i * 8))))];
        Elements = [.. ReadElements()];
        Texts = [.. Enumerable.Range(0, Number(_frames)).Select(TextAt).OfType<string>()];
    }

    public IReadOnlyList<DrawnElement> Elements { get; }

    public IReadOnlyList<string> Texts { get; }

    public IReadOnlyList<long> DisposedHandlers { get; }

    public static RenderBatch Read(byte[] bytes) => new(bytes);

    private IEnumerable<DrawnElement> ReadElements()
    {
        var count = Number(_frames);
        for (var i = 0; i < count; i++)
        {
            if (Kind(i) == FrameKind.Element)
            {
                yield return ReadElement(i);
            }
        }
    }

    private DrawnElement ReadElement(int index)
    {
        var (attributes, events, text) = (new Dictionary<string, string?>(), new Dictionary<string, long>(), new StringBuilder());
        var end = index + Field(index, 0);
        for (var i = index + 1; i < end; i++)
        {
            if (Kind(i) == FrameKind.Attribute && i == index + 1 + attributes.Count + events.Count)
            {
                var name = String(Field(i, 0))!;
                if (BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(At(i) + 12)) is not 0 and var handler)
                {
                    events[name] = handler;
                }
                else
                {
                    attributes[name] = String(Field(i, 1));
                }
            }

            text.Append(TextAt(i));
        }

        return new DrawnElement(String(Field(index, 1))!, attributes, events, text.ToString());
    }

    private string? TextAt(int index) => Kind(index) is FrameKind.Text or FrameKind.Markup ? String(Field(index, 0)) : null;

    private int At(int index) => _frames + 4 + (index * FrameSize);

    private FrameKind Kind(int index) => (FrameKind)Number(At(index));

    private int Field(int index, int field) => Number(At(index) + 4 + (field * 4));

    private int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(at));

    private string? String(int index)
    {
        if (index < 0)
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(_bytes, Number(_strings + (index * 4)), _bytes.Length - Number(_strings + (index * 4))));
        return reader.ReadString();
    }

    private enum FrameKind
    {
        Element = 1,
        Text = 2,
        Attribute = 3,
        Component = 4,
        Region = 5,
        ElementReference = 6,
        ComponentReference = 7,
        Markup = 8,
    }
}
