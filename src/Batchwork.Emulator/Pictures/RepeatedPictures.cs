using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures;

/// <summary>Ready-made pictures for load: a request gets one of a few by its prompt and index, always the same one.</summary>
internal sealed class RepeatedPictures
{
    // 64 pictures of the common size are about 150 MiB with their base64.
    private const int Kept = 64;
    private readonly Lock _lock = new();
    private readonly Dictionary<(PictureRequest Request, long Seed), Task<Picture>> _pictures = [];
    private readonly Queue<(PictureRequest Request, long Seed)> _oldest = [];

    public Task<Picture> GetAsync(PictureRequest request, long seed, int repeat, Func<PictureRequest, Task<Picture>> make)
    {
        var which = SeededRandom.From(seed + request.Index, request.Prompt).Below(repeat);
        var stand = request with { Prompt = $"Ready-made picture {which}", Index = 0 };
        lock (_lock)
        {
            if (_pictures.TryGetValue((stand, seed), out var known) && !known.IsFaulted)
            {
                return known;
            }

            if (_oldest.Count >= Kept)
            {
                _pictures.Remove(_oldest.Dequeue());
            }

            _oldest.Enqueue((stand, seed));
            return _pictures[(stand, seed)] = make(stand);
        }
    }
}
