using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Benchmarks;

/// <summary>Pictures without a provider.</summary>
internal static class BenchmarkPictures
{
    private const int GroupSize = 64;

    /// <summary>Stores one picture for each row of a job, as collecting would, and ends the job.</summary>
    public static async Task FillAsync(this BenchmarkEngine engine, Guid jobId, int pictureBytes, CancellationToken cancellationToken)
    {
        var store = engine.Get<IImageStore>();
        var picture = new byte[pictureBytes];
        new Random(1).NextBytes(picture);
        byte[] header = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 4, 0, 0, 0, 4, 0, 8, 2, 0, 0, 0];
        header.CopyTo(picture, 0);
        "IEND"u8.CopyTo(picture.AsSpan(picture.Length - 8));

        await using var context = engine.CreateContext();
        var rows = await context.JobRows.Where(r => r.JobId == jobId).OrderBy(r => r.Index).ToListAsync(cancellationToken);
        foreach (var group in rows.Chunk(GroupSize))
        {
            var received = new List<ReceivedPicture>();
            foreach (var row in group)
            {
                BitConverter.TryWriteBytes(picture.AsSpan(1000), row.Index);
                await using var writer = await store.CreateAsync(cancellationToken);
                await writer.WriteAsync(picture, cancellationToken);
                received.Add((ReceivedPicture)await writer.CompleteAsync(cancellationToken));
            }

            await store.CommitAsync(received, cancellationToken);
            foreach (var (row, stored) in group.Zip(received))
            {
                row.State = RowState.Stored;
                row.StoredImages = 1;
                context.Add(ImageOf(row, stored));
                await stored.DisposeAsync();
            }
        }

        await context.SaveChangesAsync(cancellationToken);
        await context.Jobs.Where(j => j.Id == jobId).ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Done), cancellationToken);
    }

    private static StoredImage ImageOf(JobRow row, ReceivedPicture picture) => new()
    {
        Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
        WorkspaceId = row.WorkspaceId,
        JobId = row.JobId,
        RowId = row.Id,
        RowIndex = row.Index,
        TryNumber = 1,
        Index = 0,
        Sha256 = picture.Sha256,
        MediaType = picture.MediaType,
        Bytes = picture.Length,
        Crc32 = picture.Crc32,
        Width = picture.Header!.Value.Width,
        Height = picture.Header.Value.Height,
        StoredAt = TimeProvider.System.GetUtcNow(),
    };
}
