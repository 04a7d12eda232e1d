using Batchwork.CrashHarness.Injected;
using Batchwork.CrashHarness.Judging;
using Batchwork.Engine.Images;
using Batchwork.Engine.Submission;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.CrashHarness.Scenarios;

/// <summary>All crash points there are; docs/testing.md says of each of C01 to C46 where it is.</summary>
internal static class CrashPoints
{
    /// <summary>Google takes small batches with the create itself: there is no upload and no file of results to die in.</summary>
    private const string Inline = "google";

    public static IReadOnlyList<CrashPoint> All { get; } =
    [
        new("C01", "half of the sheet has arrived", "sheet.half"),
        new("C02", "the sheet is read, its rows are not stored", "commit:sheet.before"),
        new("C03", "the rows of the job are written, not committed", "commit:job.before") { Rows = 600 },
        new("C04", "Run was pressed twice, the job is committed", "commit:job.after") { Twice = true },
        new("C05", "before the attempt is committed", "commit:attempt.Prepared.before"),
        new("C06", "the attempt is committed, nothing is sent", "commit:attempt.Prepared.after"),
        new("C07", "in the middle of the upload", "http.upload.sent") { Fault = ("upload", "stall"), NotAt = Inline },
        new("C07b", "the upload has arrived, its answer has not", "http.upload.sent") { Fault = ("upload", "accept-then-stall"), NotAt = Inline },
        new("C08", "the upload is answered, its id is not stored", "http.upload.after") { NotAt = Inline },
        new("C09", "the upload's id is stored, nothing is paid", "commit:attempt.Uploaded.after"),
        new("C10", "'creating' is committed, the call has not begun", "commit:attempt.Creating.after"),
        new("C10b", "right before the paid call", "http.create.before"),
        new("C11", "the paid call was accepted and not answered", "http.create.sent") { Fault = ("create", "accept-then-stall") },
        new("C11b", "the paid call is out and was never accepted", "http.create.sent") { Fault = ("create", "stall") },
        new("C12", "the paid call is answered, its id is not stored", "http.create.after"),
        new("C12b", "right before the id is committed", "commit:attempt.Submitted.before"),
        new("C13", "the answer could not be read", "commit:attempt.Ambiguous.after") { Fault = ("create", "accept-then-garbage") },
        new("C14", "part 3 of 5 was just submitted", "commit:attempt.Submitted.after") { Occurrence = 3, Rows = 20, MostRequests = 4, Apart = true },
        new("C15", "500 after accepting, the doubt is committed", "commit:attempt.Ambiguous.after") { Fault = ("create", "accept-then-status:500") },
        new("C15b", "400, the refusal is about to be committed", "commit:attempt.Rejected.before") { Fault = ("create", "status:400"), MayFail = true },
        new("C16", "cancelled while the paid call is out", "commit:job.cancelled.after") { Fault = ("create", "accept-then-stall"), Before = CancelWhileOutAsync },
        new("C16b", "the cancel is answered and not stored", "http.cancel.after") { Before = CancelLaterAsync, Fault = ("retrieve", "set:status=\"in_progress\""), OnlyAt = "openai" },
        new("C17", "the connection is removed while the paid call is out", "commit:connection.removed.after") { Fault = ("create", "accept-then-stall"), Before = RemoveConnectionAsync },
        new("C18", "a status was read, not stored", "http.retrieve.after"),
        new("C20", "frozen for longer than its lease before the paid call", "commit:attempt.Creating.after") { Freeze = true, Apart = true },
        new("C23", "the end is stored, nothing is collected", "commit:part.Collecting.after"),
        new("C24", "the results begin to arrive", "http.content.after") { NotAt = Inline },
        new("C25", "one group of rows is stored", "commit:rows.after") { Rows = 40, Images = 4 },
        new("C25b", "the second group is about to be stored", "commit:rows.before") { Rows = 40, Images = 4, Occurrence = 2 },
        new("C25c", "the only group of rows is stored", "commit:rows.after") { Apart = true },
        new("C26", "in the middle of writing a picture", "store.write.after") { Occurrence = 8, Rows = 12 },
        new("C26b", "pictures are whole, not durable", "store.commit.before"),
        new("C27", "pictures are in place, their rows are missing", "store.commit.after"),
        new("C28", "rows are stored, thumbnails are not", "thumbnail.before") { Judge = HasAllThumbnailsAsync, Apart = true },
        new("C29", "the second page is about to be stored", "http.content.before") { Occurrence = 2, Rows = 60, OnlyAt = "xai" },
        new("C31", "the output file is done, the error file is not", "http.content.after") { Occurrence = 2, Marker = "[[error]]", OnlyAt = "openai" },
        new("C32", "while the part is closed", "commit:part.Closed.before") { Marker = "[[missing]]" },
        new("C35", "the end is stored", "commit:part.Closed.after"),
        new("C38", "in the middle of the first migration", "migration.table") { Occurrence = 7, Apart = true },
        new("C39", "half of the pictures of a deleted job are removed", "store.delete.after") { Occurrence = 2, Before = DeleteAsync, Judge = IsGoneAsync, Apart = true },
        new("C40", "a file is deleted at the provider, not noted", "http.delete.after") { NotAt = Inline, Restarted = DeletesAllFilesAsync },
        new("C41", "a backup from right before the paid call is put back", "commit:attempt.Uploaded.after") { Between = LoseThePaidCallAsync, Restarted = AdoptsInSafeModeAsync, Apart = true },
        new("C41b", "a backup from before another job is put back", "commit:part.Closed.after") { Between = LoseAJobAsync, Restarted = WaitsForAnAdministratorAsync, Apart = true },
        new("C42", "a copy is used while the original has gone on", "commit:part.Closed.after") { Between = LoseAJobAsync, Restarted = WaitsForAnAdministratorOfACopyAsync, Apart = true },
    ];

    private static Task CancelWhileOutAsync(World world, CancellationToken cancellationToken) => GiveAtAsync(world, AttemptState.Creating, OrderKind.Cancel, cancellationToken);

    private static Task CancelLaterAsync(World world, CancellationToken cancellationToken) => GiveAtAsync(world, AttemptState.Submitted, OrderKind.Cancel, cancellationToken);

    private static Task RemoveConnectionAsync(World world, CancellationToken cancellationToken) => GiveAtAsync(world, AttemptState.Creating, OrderKind.RemoveConnection, cancellationToken);

    private static async Task GiveAtAsync(World world, AttemptState state, OrderKind order, CancellationToken cancellationToken)
    {
        var job = world.Jobs[^1].Job;
        while (world.App is { HasExited: false } && !await world.Data.AnyAttemptAsync(job, state, cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        world.Give(new Order { Kind = order, Job = job });
    }

    /// <summary>Removing begins at a start, a day after the deletion.</summary>
    private static async Task DeleteAsync(World world, CancellationToken cancellationToken)
    {
        var job = world.Jobs[^1].Job;
        world.Give(new Order { Kind = OrderKind.Delete, Job = job });
        world.Give(new Order { Kind = OrderKind.Wait, Job = job, Span = TimeSpan.FromHours(25) });
        while (!world.AllOrdersDone)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }

        await world.StopAsync(cancellationToken);
        world.Start("store.delete.after", occurrence: 2);
        world.Jobs.Clear();
        world.HasPurged = true;
    }

    private static async Task IsGoneAsync(World world, CancellationToken cancellationToken)
    {
        await using var context = world.Data.Open();
        if (await context.Jobs.AnyAsync(cancellationToken) || await context.StoredImages.AnyAsync(cancellationToken))
        {
            throw new BrokenPromiseException("C39: the deleted job is still there.");
        }
    }

    private static async Task HasAllThumbnailsAsync(World world, CancellationToken cancellationToken) =>
        await World.UntilAsync(async () => !await HasThumbnailsToMakeAsync(world, cancellationToken), "C28: thumbnails are missing.", cancellationToken);

    private static async Task<bool> HasThumbnailsToMakeAsync(World world, CancellationToken cancellationToken)
    {
        await using var context = world.Data.Open();
        return await context.StoredImages.AnyAsync(i => i.Thumbnail == ThumbnailState.Pending, cancellationToken);
    }

    private static Task DeletesAllFilesAsync(World world, CancellationToken cancellationToken) =>
        World.UntilAsync(async () => !await world.Data.HasFilesToDeleteAsync(cancellationToken), "C40: files are left at the provider.", cancellationToken);

    /// <summary>The backup knows the attempt and not that it was sent.</summary>
    private static async Task LoseThePaidCallAsync(World world, CancellationToken cancellationToken)
    {
        world.BackUp();
        world.Start();
        await world.SettleAsync(cancellationToken);
        await world.StopAsync(cancellationToken);
        world.Restore();
    }

    /// <summary>The backup knows nothing of the second job.</summary>
    private static async Task LoseAJobAsync(World world, CancellationToken cancellationToken)
    {
        world.BackUp();
        world.Start();
        world.Give(world.Jobs[0] with { Job = "lost" });
        await world.SettleAsync(cancellationToken);
        await world.StopAsync(cancellationToken);
        world.Restore();
        world.Jobs.RemoveAt(1);
        world.HasPurged = true;
    }

    private static async Task AdoptsInSafeModeAsync(World world, CancellationToken cancellationToken)
    {
        var before = await world.CountCreatesAsync(cancellationToken);
        await world.SettleAsync(cancellationToken);
        await World.UntilAsync(() => world.Data.IsInSafeModeAsync(cancellationToken), "I10: a restored backup does not notice that it is one.", cancellationToken);
        await ConfirmAsync(world, before, isCopy: false, cancellationToken);
    }

    private static Task WaitsForAnAdministratorAsync(World world, CancellationToken cancellationToken) => WaitsAsync(world, isCopy: false, cancellationToken);

    private static Task WaitsForAnAdministratorOfACopyAsync(World world, CancellationToken cancellationToken) => WaitsAsync(world, isCopy: true, cancellationToken);

    private static async Task WaitsAsync(World world, bool isCopy, CancellationToken cancellationToken)
    {
        var before = await world.CountCreatesAsync(cancellationToken);
        world.Give(world.Jobs[0] with { Job = "next" });
        await World.UntilAsync(() => world.Data.IsInSafeModeAsync(cancellationToken), "I10: a restored backup does not notice that it is one.", cancellationToken);
        await ConfirmAsync(world, before, isCopy, cancellationToken);
    }

    /// <summary>Some time for the mistake to be made; then an administrator speaks.</summary>
    private static async Task ConfirmAsync(World world, int creates, bool isCopy, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, cancellationToken);
        if (await world.CountCreatesAsync(cancellationToken) != creates)
        {
            throw new BrokenPromiseException("I10: something was paid for before a person confirmed.");
        }

        world.Give(new Order { Kind = OrderKind.ConfirmSafeMode, Job = string.Empty, IsCopy = isCopy });
    }
}
