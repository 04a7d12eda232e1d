using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures;

/// <summary>Ready-made pictures for load: a request gets one of a few by its prompt and index, always the same one.</summary>
internal sealed class RepeatedPictures
{
    /// <summary>What is kept at most, pictures with their base64: some 200 PNGs of the common size, or the thousand WebPs that can be asked for.</summary>
    private const long MostBytes = 512L * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<(PictureRequest Request, long Seed), Task<Picture>> _pictures = [];
    private readonly Queue<((PictureRequest Request, long Seed) Key, long Bytes)> _oldest = [];
    private long _bytes;

    public Task<Picture> GetAsync(PictureRequest request, long seed, int repeat, Func<PictureRequest, Task<Picture>> make)
    {
        var which = SeededRandom.From(seed + request.Index, request.Prompt).Below(repeat);
        var stand = request with { Prompt = $"Ready-made picture {which}", Index = 0 };
        lock (_lock)
        {
            return _pictures.TryGetValue((stand, seed), out var known) && !known.IsFaulted
                ? known
                : _pictures[(stand, seed)] = MakeAsync((stand, seed), make);
        }
    }

    private async Task<Picture> MakeAsync((PictureRequest Request, long Seed) key, Func<PictureRequest, Task<Picture>> make)
    {
        var picture = await make(key.Request);
        var bytes = picture.Bytes.Length + picture.Base64.Length;
        lock (_lock)
        {
            _oldest.Enqueue((key, bytes));
            _bytes += bytes;
            while (_bytes > MostBytes && _oldest.TryDequeue(out var old))
            {
                _pictures.Remove(old.Key);
                _bytes -= old.Bytes;
            }
        }

        return picture;
    }
}
