using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Batchwork.Engine.Archives;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Batchwork.Testing.Pictures;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Archives;

public sealed class ArchiveTests : IAsyncLifetime
{
    private TestEngine _engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _engine = await TestEngine.StartAsync(Token);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Write_AFinishedJob_HoldsEveryPictureByteForByteUnderItsRowsName()
    {
        var job = await MixedJobAsync();

        await using var zip = new ZipArchive(new MemoryStream(await BytesAsync(job)));

        Assert.Equal(
            ["2-sku-001-1.png", "2-sku-001-2.png", "3-sku-002-1.png", "3-sku-002-2.png", "4-sku-003-1.png", "manifest.csv", "manifest.json"],
            zip.Entries.Select(e => e.FullName));
        Assert.Equal(TestPictures.Png(seed: 11), await ContentAsync(zip.Entries[3]));
        Assert.All(zip.Entries, e => Assert.Equal(e.Length, e.CompressedLength));
    }

    [Fact]
    public async Task Write_AFinishedJob_IsAsLongAsItWasSaidToBeAndTheSameEachTime()
    {
        var job = await MixedJobAsync();
        var archive = await OpenAsync(job);

        var bytes = await BytesAsync(archive);

        Assert.Equal(await archive.FindLengthAsync(Token), bytes.Length);
        Assert.Equal(bytes, await BytesAsync(await OpenAsync(job)));
    }

    [Fact]
    public async Task Write_AnyRange_GivesThatPartOfTheWhole()
    {
        var job = await MixedJobAsync();
        var whole = await BytesAsync(job);
        var archive = await OpenAsync(job);

        for (var from = 0; from < whole.Length; from += 97)
        {
            var to = Math.Min(from + 333, whole.Length);
            using var part = new MemoryStream();
            await archive.WriteAsync(part, from, to, Token);
            Assert.Equal(whole[from..to], part.ToArray());
        }
    }

    [Fact]
    public async Task Write_TheJsonManifest_AccountsForEveryRow()
    {
        await using var zip = new ZipArchive(new MemoryStream(await BytesAsync(await MixedJobAsync())));

        using var json = JsonDocument.Parse(await ContentAsync(zip.GetEntry("manifest.json")!));

        var rows = json.RootElement.GetProperty("rows");
        Assert.Equal(["Stored", "Stored", "Partial", "Refused", "Waiting"], rows.EnumerateArray().Select(r => r.GetProperty("state").GetString()));
        Assert.Equal([2, 2, 1, 0, 0], rows.EnumerateArray().Select(r => r.GetProperty("files").GetArrayLength()));
        Assert.Equal("2-sku-001-2.png", rows[0].GetProperty("files")[1].GetProperty("file").GetString());
        Assert.Equal("moderation_blocked", rows[3].GetProperty("error").GetProperty("code").GetString());
        var size = rows[0].GetProperty("values").GetProperty("size");
        Assert.Equal(("1024x1024", "Default"), (size.GetProperty("value").GetString(), size.GetProperty("origin").GetString()));
        Assert.Equal("Client", rows[0].GetProperty("values").GetProperty("n").GetProperty("origin").GetString());
        Assert.Equal("Spring catalogue", json.RootElement.GetProperty("job").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Write_TheCsvManifest_HasALineForEachPictureAndEachRowWithoutOne()
    {
        await using var zip = new ZipArchive(new MemoryStream(await BytesAsync(await MixedJobAsync())));

        var bytes = await ContentAsync(zip.GetEntry("manifest.csv")!);
        var lines = Encoding.UTF8.GetString(bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(1 + 5 + 2, lines.Length);
        Assert.StartsWith("2,sku-001,\"'=HYPERLINK(\"\"http://x\"\"), a red bicycle\",Stored,2-sku-001-1.png,1,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",moderation_blocked,'-refused-", lines[6], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_WhileTheJobGoesOn_GivesTheArchiveOfItsBeginning()
    {
        var job = await new JobBuilder(_engine).Rows(2, RowState.Stored).Rows(2, RowState.Waiting)
            .Pictures((row, _) => TestPictures.Png(seed: row)).SaveAsync(Token);
        var archive = await OpenAsync(job);
        var length = await archive.FindLengthAsync(Token);
        await AnswerAsync(job, rowIndex: 2);

        var bytes = await BytesAsync(archive);

        Assert.Equal(length, bytes.Length);
        await using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(["2-sku-001-1.png", "3-sku-002-1.png", "manifest.csv", "manifest.json"], zip.Entries.Select(e => e.FullName));
        var after = await OpenAsync(job);
        Assert.NotEqual(archive.Fingerprint, after.Fingerprint);
        await using var next = new ZipArchive(new MemoryStream(await BytesAsync(after)));
        Assert.Equal(5, next.Entries.Count);
    }

    [Fact]
    public async Task Write_TheJobChangesInAWayThatWasNotForeseen_EndsInsteadOfSendingSomethingElse()
    {
        var job = await MixedJobAsync();
        var archive = await OpenAsync(job);
        await archive.MeasureAsync(Token);
        await using (var context = _engine.CreateContext())
        {
            await context.JobRows.Where(r => r.JobId == job && r.Index == 3).ExecuteUpdateAsync(set => set.SetProperty(r => r.ErrorMessage, "Longer than it was"), Token);
        }

        await Assert.ThrowsAsync<ArchiveChangedException>(() => archive.WriteAsync(Stream.Null, 0, null, Token));
    }

    [Fact]
    public async Task Write_APictureIsGone_SendsTheOthersAndACrcThatTells()
    {
        var job = await MixedJobAsync();
        var length = (await BytesAsync(job)).Length;
        await using (var context = _engine.CreateContext())
        {
            var lost = await context.StoredImages.SingleAsync(i => i.RowIndex == 0 && i.Index == 1, Token);
            _engine.Get<IImageStore>().Delete(lost.Sha256, lost.MediaType);
        }

        var bytes = await BytesAsync(job);

        Assert.Equal(length, bytes.Length);
        await using var zip = new ZipArchive(new MemoryStream(bytes));
        await Assert.ThrowsAsync<InvalidDataException>(() => CheckedContentAsync(zip.Entries[1]));
        Assert.Equal(TestPictures.Png(seed: 10), await ContentAsync(zip.Entries[2]));
    }

    [Theory]
    [InlineData("{job}", new[] { "Spring catalogue.png", "Spring catalogue (2).png", "Spring catalogue (3).png" })]
    [InlineData("../{id}", new[] { "_.._sku-001.png", "_.._sku-001 (2).png", "_.._sku-002.png" })]
    [InlineData("{row} {prompt}", new[] { "2 =HYPERLINK(_http___x_), a red bicycle.png", "2 =HYPERLINK(_http___x_), a red bicycle (2).png", "3 A prompt.png" })]
    public async Task Write_OtherPatterns_GiveSafeNamesThatTheManifestKnows(string pattern, string[] expected)
    {
        var job = await MixedJobAsync();
        var archive = await OpenAsync(job, NamePattern.Parse(pattern, out _)!);

        await using var zip = new ZipArchive(new MemoryStream(await BytesAsync(archive)));
        using var json = JsonDocument.Parse(await ContentAsync(zip.GetEntry("manifest.json")!));

        Assert.Equal(expected, zip.Entries.Take(3).Select(e => e.FullName));
        var listed = json.RootElement.GetProperty("rows").EnumerateArray().SelectMany(r => r.GetProperty("files").EnumerateArray()).Select(f => f.GetProperty("file").GetString());
        Assert.Equal(zip.Entries.Take(5).Select(e => e.FullName), listed);
    }

    [Fact]
    public async Task Write_AJobWithoutPictures_IsAnArchiveOfManifests()
    {
        var job = await new JobBuilder(_engine).In(JobState.DoneWithProblems).Rows(2, RowState.Refused).SaveAsync(Token);

        await using var zip = new ZipArchive(new MemoryStream(await BytesAsync(job)));

        Assert.Equal(["manifest.csv", "manifest.json"], zip.Entries.Select(e => e.FullName));
    }

    [Fact]
    public async Task Open_ByAViewer_IsNotAllowed()
    {
        var job = await MixedJobAsync();

        Assert.Throws<NotAllowedException>(() => { _ = _engine.Get<ArchiveService>().OpenAsync(_engine.As(Role.Viewer), job, NamePattern.Default, Token); });
        Assert.NotNull(await _engine.Get<ArchiveService>().OpenAsync(_engine.As(Role.Reviewer), job, NamePattern.Default, Token));
    }

    [Fact]
    public async Task Open_AnotherWorkspacesJob_FindsNothing()
    {
        var job = await MixedJobAsync();

        Assert.Null(await _engine.Get<ArchiveService>().OpenAsync(await _engine.AddStrangerAsync(Token), job, NamePattern.Default, Token));
    }

    private static async Task<byte[]> BytesAsync(Archive archive)
    {
        using var bytes = new MemoryStream();
        await archive.WriteAsync(bytes, 0, null, Token);
        return bytes.ToArray();
    }

    private static async Task<byte[]> ContentAsync(ZipArchiveEntry entry)
    {
        using var bytes = new MemoryStream();
        await using var content = await entry.OpenAsync(Token);
        await content.CopyToAsync(bytes, Token);
        return bytes.ToArray();
    }

    /// <summary>The framework does not check what it reads; every tool that unpacks does.</summary>
    private static async Task<byte[]> CheckedContentAsync(ZipArchiveEntry entry)
    {
        var bytes = await ContentAsync(entry);
        return System.IO.Hashing.Crc32.HashToUInt32(bytes) == entry.Crc32 ? bytes : throw new InvalidDataException($"{entry.FullName} is damaged.");
    }

    private Task<Guid> MixedJobAsync() => new JobBuilder(_engine)
        .In(JobState.DoneWithProblems)
        .Prompts(row => row == 0 ? "=HYPERLINK(\"http://x\"), a red bicycle" : "A prompt")
        .Rows(2, RowState.Stored, requested: 2)
        .Rows(1, RowState.Partial, requested: 2, stored: 1)
        .Rows(1, RowState.Refused, code: "moderation_blocked", message: "-refused-")
        .Rows(1, RowState.Waiting)
        .Pictures((row, index) => TestPictures.Png(seed: (row * 10) + index))
        .SaveAsync(Token);

    private async Task AnswerAsync(Guid job, int rowIndex)
    {
        await using var context = _engine.CreateContext();
        var row = await context.JobRows.SingleAsync(r => r.JobId == job && r.Index == rowIndex, Token);
        var like = await context.StoredImages.AsNoTracking().FirstAsync(i => i.JobId == job, Token);
        (row.State, row.StoredImages) = (RowState.Stored, 1);
        context.StoredImages.Add(new StoredImage
        {
            Id = Guid.CreateVersion7(_engine.Time.GetUtcNow()),
            WorkspaceId = row.WorkspaceId,
            JobId = job,
            RowId = row.Id,
            RowIndex = rowIndex,
            TryNumber = 1,
            Index = 0,
            Sha256 = like.Sha256,
            MediaType = like.MediaType,
            Bytes = like.Bytes,
            Crc32 = like.Crc32,
            Width = like.Width,
            Height = like.Height,
            StoredAt = _engine.Time.GetUtcNow(),
        });
        await context.SaveChangesAsync(Token);
    }

    private async Task<Archive> OpenAsync(Guid job, NamePattern? pattern = null) =>
        (await _engine.Get<ArchiveService>().OpenAsync(_engine.Owner, job, pattern ?? NamePattern.Default, Token))!;

    private async Task<byte[]> BytesAsync(Guid job) => await BytesAsync(await OpenAsync(job));
}
