using System.Text.Json;

namespace Batchwork.Emulator.Storage;

/// <summary>Files that are either there in full or not at all, whenever the process ends.</summary>
internal static class DurableFile
{
    /// <summary>The ending of files that are still being written.</summary>
    public const string Unfinished = ".part";

    public static void WriteJson<T>(string path, T value)
    {
        using (var stream = Create(path + Unfinished))
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(value, StoredJson.Options));
            stream.Flush(flushToDisk: true);
        }

        Finish(path);
    }

    public static T ReadJson<T>(string path)
    {
        using var stream = File.OpenRead(path);
        return JsonSerializer.Deserialize<T>(stream, StoredJson.Options)
            ?? throw new InvalidDataException($"{path} holds nothing.");
    }

    /// <summary>Opens a file to be written and, once flushed, put in its place by <see cref="Finish"/>.</summary>
    public static FileStream Create(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Create,
        Access = FileAccess.Write,
        Share = FileShare.None,
        BufferSize = 0,
        Options = FileOptions.Asynchronous,
    });

    /// <summary>Puts a file in its place that was written under its name with <see cref="Unfinished"/>.</summary>
    public static void Finish(string path) => File.Move(path + Unfinished, path, overwrite: true);
}
