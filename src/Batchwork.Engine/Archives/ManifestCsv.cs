using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Batchwork.Engine.Archives;

/// <summary>The manifest for spreadsheets: one line a picture, and one for each row that has none. With a byte order mark, without which Excel misreads everything but ASCII.</summary>
internal sealed class ManifestCsv : IManifest
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder _line = new();

    public string FileName => "manifest.csv";

    public void Begin(ArchiveJob job, IBufferWriter<byte> target)
    {
        target.Write((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]);
        target.Write("row,id,prompt,state,file,image,width,height,bytes,sha256,n,size,aspect_ratio,seed,options,extra,error_code,error\r\n"u8);
    }

    public void Add(ManifestRow row, IBufferWriter<byte> target)
    {
        foreach (var file in row.Files)
        {
            AddLine(row, file, target);
        }

        if (row.Files.Count == 0)
        {
            AddLine(row, null, target);
        }
    }

    public void End(IBufferWriter<byte> target)
    {
        // Nothing follows the last line.
    }

    private static string? Text<T>(T? value)
        where T : struct, IFormattable => value?.ToString(null, CultureInfo.InvariantCulture);

    private static string OptionsOf(EffectiveRequest request) => request.Options.Count == 0
        ? ""
        : JsonSerializer.Serialize(request.Options.ToDictionary(o => o.Key, o => o.Value.Value), s_json);

    private void AddLine(ManifestRow row, ManifestFile? file, IBufferWriter<byte> target)
    {
        var request = row.Request;
        _line.Clear();
        Cell(Text<int>(row.Row.Number));
        Cell(row.Id);
        Cell(row.Row.Prompt);
        Cell(row.Row.State.ToString());
        Cell(file?.Name);
        Cell(Text(file?.Image.Index + 1));
        Cell(Text(file?.Image.Width));
        Cell(Text(file?.Image.Height));
        Cell(Text(file?.Image.Bytes));
        Cell(file?.Image.Sha256);
        Cell(Text<int>(request.N.Value));
        Cell(request.Size.Value);
        Cell(request.AspectRatio.Value);
        Cell(request.Seed.IsSent ? Text<long>(request.Seed.Value) : null);
        Cell(OptionsOf(request));
        Cell(row.Row.Extra is { Count: > 0 } extra ? JsonSerializer.Serialize(extra, s_json) : null);
        Cell(row.Row.ErrorCode);
        Cell(row.Row.ErrorMessage);
        _line.Length--;
        _line.Append("\r\n");
        Encoding.UTF8.GetBytes(_line.ToString(), target);
    }

    private void Cell(string? value) => _line.Cell(value);
}
