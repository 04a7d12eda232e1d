using System.Globalization;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Pictures;

namespace Batchwork.Emulator.XAI;

/// <summary>Which picture an address stands for: <c>…/xai-imgen/xai-tmp-imgen-BATCH-REQUEST-INDEX.jpeg</c>.</summary>
internal sealed record HostedPicture(string BatchId, int Request, int Index)
{
    private const string Prefix = "xai-tmp-imgen-";

    public static string AddressOf(BatchRecord batch, int request, PictureRequest picture) =>
        $"{batch.PicturesAt}/xai-imgen/{Prefix}{batch.Id}-{request}-{picture.Index}.{picture.Format.ToString().ToLowerInvariant()}";

    public static HostedPicture? Read(string name)
    {
        var parts = Path.GetFileNameWithoutExtension(name).Split('-');
        return name.StartsWith(Prefix, StringComparison.Ordinal) && parts is [_, _, _, .. var id, var request, var index]
            && int.TryParse(request, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var which)
                ? new HostedPicture(string.Join('-', id), number, which)
                : null;
    }
}
