namespace Batchwork.Emulator.Pictures;

/// <summary>Makes pictures on a few threads at a time, whoever asks.</summary>
internal sealed class PictureMill(EmulatorSettings settings) : IDisposable
{
    private readonly SemaphoreSlim _places = new(settings.PictureThreads);
    private readonly RepeatedPictures _repeated = new();

    /// <summary>How many pictures it pays to ask for ahead.</summary>
    public int Threads { get; } = settings.PictureThreads;

    /// <summary>Makes a picture, or takes one of <paramref name="repeat"/> ready-made ones.</summary>
    public Task<Picture> GetAsync(PictureRequest request, long seed, int repeat, CancellationToken cancellationToken) =>
        repeat > 0
            ? _repeated.GetAsync(request, seed, repeat, made => MakeAsync(made, seed, Picture.WithBase64, CancellationToken.None))
            : MakeAsync(request, seed, bytes => new Picture(bytes), cancellationToken);

    public void Dispose() => _places.Dispose();

    private async Task<Picture> MakeAsync(
        PictureRequest request, long seed, Func<byte[], Picture> wrap, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => wrap(PictureMaker.Make(request, seed)), cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }
}
