using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Batchwork.Engine.Images;
using Batchwork.Engine.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Verification;

/// <summary>I5: every picture named in the database is on disk, whole, with the bytes its hash names.</summary>
internal sealed class PictureCheck(IImageStore store) : IIntegrityCheck
{
    public async IAsyncEnumerable<IntegrityFault> FindAsync(EngineDbContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = string.Empty;
        var pictures = context.StoredImages.OrderBy(i => i.Sha256).Select(i => new Named(i.Sha256, i.MediaType, i.Bytes));
        await foreach (var picture in pictures.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            // One file may be the picture of many rows.
            if (picture.Sha256 != last && await FaultAsync(picture, cancellationToken) is { } fault)
            {
                yield return fault;
            }

            last = picture.Sha256;
        }

        await foreach (var images in context.UnmatchedResults.Select(u => u.Images).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            foreach (var image in images)
            {
                if (await FaultAsync(new Named(Path.GetFileNameWithoutExtension(image), MediaTypes.OfExtension(Path.GetExtension(image)), null), cancellationToken) is { } fault)
                {
                    yield return fault;
                }
            }
        }
    }

    private async Task<IntegrityFault?> FaultAsync(Named picture, CancellationToken cancellationToken)
    {
        await using var stream = store.OpenRead(picture.Sha256, picture.MediaType);
        return stream is null ? new IntegrityFault("I5", $"Picture {picture.Sha256} is not on disk.")
            : picture.Bytes is { } bytes && stream.Length != bytes ? new IntegrityFault("I5", string.Create(CultureInfo.InvariantCulture, $"Picture {picture.Sha256} has {stream.Length} bytes instead of {bytes}."))
            : Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)) != picture.Sha256 ? new IntegrityFault("I5", $"Picture {picture.Sha256} has other bytes than its name says.")
            : null;
    }

    private sealed record Named(string Sha256, string MediaType, long? Bytes);
}
