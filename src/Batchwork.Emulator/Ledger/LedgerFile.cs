using System.Text.Json;
using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Ledger;

/// <summary>The ledger on disk: one JSON object a line, only ever appended to, each line forced to disk.</summary>
internal sealed class LedgerFile : IDisposable
{
    private readonly string _path;
    private FileStream _file;

    public LedgerFile(string path)
    {
        _path = path;
        _file = Open();
    }

    public List<LedgerEntry> ReadAll()
    {
        var entries = new List<LedgerEntry>();
        _file.Position = 0;
        var content = new byte[_file.Length];
        _file.ReadExactly(content);
        var end = 0;
        while (content.AsSpan(end).IndexOf((byte)'\n') is >= 0 and var length)
        {
            entries.Add(JsonSerializer.Deserialize<LedgerEntry>(content.AsSpan(end, length), StoredJson.Options)!);
            end += length + 1;
        }

        // A line without its end was being written when the process was killed: its call was never answered.
        _file.SetLength(end);
        _file.Position = end;
        return entries;
    }

    public void Append(LedgerEntry entry)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(entry, StoredJson.Options), (byte)'\n'];
        _file.Write(line);
        _file.Flush(flushToDisk: true);
    }

    public void StartOver(LedgerEntry first)
    {
        _file.Dispose();
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(first, StoredJson.Options), (byte)'\n'];
        using (var fresh = DurableFile.Create(_path + DurableFile.Unfinished))
        {
            fresh.Write(line);
            fresh.Flush(flushToDisk: true);
        }

        DurableFile.Finish(_path);
        _file = Open();
        _file.Position = _file.Length;
    }

    public void Dispose() => _file.Dispose();

    private FileStream Open() => new(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
}
