using Batchwork.Engine.Images;

namespace Batchwork.CrashHarness.Injected;

/// <summary>Tells each thumbnail that is about to be made.</summary>
internal sealed class WatchedThumbnailer(IThumbnailer thumbnailer, CrashTrigger trigger) : IThumbnailer
{
    public byte[]? Make(Stream picture, string mediaType)
    {
        trigger.At("thumbnail.before");
        return thumbnailer.Make(picture, mediaType);
    }
}
