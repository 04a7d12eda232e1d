using System.Globalization;
using System.Text;
using Batchwork.Engine.Sheets;
using Batchwork.Engine.Workspaces;
using Batchwork.Testing.Engine;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Sheets;

public sealed class SheetServiceTests : IAsyncLifetime
{
    private TestEngine _engine = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SheetService Service => _engine.Get<SheetService>();

    public async ValueTask InitializeAsync() =>
        _engine = await TestEngine.StartAsync(Token, settings: new Dictionary<string, string?> { ["Batchwork:MaxSheetRows"] = "20000", ["Batchwork:MaxSheetMebibytes"] = "2" });

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Upload_Sheet_StoresEveryRowInOrder()
    {
        var text = new StringBuilder("id,prompt,sku\n");
        for (var i = 0; i < 12_345; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"row-{i},Prompt {i},s{i}\n");
        }

        var upload = await UploadAsync(text.ToString());

        Assert.Equal((12_345, 0), (upload.Rows, upload.Faults.Count));
        await using var context = _engine.CreateContext();
        var rows = await context.SheetRows.Where(r => r.SheetId == upload.SheetId).OrderBy(r => r.Index).ToListAsync(Token);
        Assert.Equal(Enumerable.Range(0, 12_345), rows.Select(r => r.Index));
        Assert.Equal((12_346, "Prompt 12344", "s12344", _engine.WorkspaceId), (rows[^1].Number, rows[^1].Cells["prompt"], rows[^1].Extra!["sku"], rows[^1].WorkspaceId));
        var sheet = await context.Sheets.SingleAsync(Token);
        Assert.Equal((SheetState.Ready, 12_345, "sheet.csv", 64), (sheet.State, sheet.RowCount, sheet.FileName, sheet.Sha256.Length));
    }

    [Theory]
    [InlineData("promt\nA\n")]
    [InlineData("prompt,n\n\"open,1\n")]
    public async Task Upload_Refused_StoresNothing(string text)
    {
        var upload = await UploadAsync(text);

        Assert.Null(upload.SheetId);
        Assert.Single(upload.Faults);
        await AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Upload_TooManyRows_StoresNothing()
    {
        var upload = await UploadAsync("prompt\n" + string.Concat(Enumerable.Repeat("a\n", 20_001)));

        Assert.StartsWith("The file has more than 20,000 rows", upload.Faults[0].Message, StringComparison.Ordinal);
        await AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Upload_TooLarge_StopsReadingAndSaysTheLimit()
    {
        using var endless = new EndlessSheet(rows: 100_000_000);

        var upload = await Service.UploadAsync(_engine.Owner, "big.csv", endless, Token);

        Assert.True(upload.IsTooLarge);
        Assert.Contains("2 MiB", upload.Faults[0].Message, StringComparison.Ordinal);
        Assert.InRange(endless.HighestRead, 2 * 1024 * 1024, 3 * 1024 * 1024);
        await AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Upload_BrokenOff_LeavesNothing()
    {
        await Assert.ThrowsAsync<IOException>(() => Service.UploadAsync(_engine.Owner, "x.csv", new BrokenStream(), Token));

        await AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Upload_ByAReviewer_IsNotAllowed() =>
        await Assert.ThrowsAsync<NotAllowedException>(() => Service.UploadAsync(_engine.As(Role.Reviewer), "x.csv", Stream.Null, Token));

    [Theory]
    [InlineData("../../etc/a.csv", "a.csv")]
    [InlineData("C:\\Users\\ana\\b.csv", "b.csv")]
    [InlineData("evil\u202Evsc.csv", "evilvsc.csv")]
    [InlineData("a\r\nb.csv", "a b.csv")]
    [InlineData("/", "sheet")]
    public async Task Upload_AnyFileName_IsKeptForShowingOnly(string fileName, string shown)
    {
        var upload = await Service.UploadAsync(_engine.Owner, fileName, new MemoryStream("prompt\nA cat\n"u8.ToArray()), Token);

        Assert.Equal(shown, upload.FileName);
    }

    [Fact]
    public async Task FromPrompts_Lines_AreRows()
    {
        var upload = await Service.FromPromptsAsync(_engine.Owner, "A cat\n\nA dog, running", Token);

        await using var context = _engine.CreateContext();
        Assert.Equal(["A cat", "A dog, running"], (await context.SheetRows.Where(r => r.SheetId == upload.SheetId).ToListAsync(Token)).Select(r => r.Cells["prompt"]));
    }

    [Fact]
    public async Task FromPrompts_Blank_IsRefused() =>
        Assert.Equal("The file has no rows.", (await Service.FromPromptsAsync(_engine.Owner, " \n ", Token)).Faults[0].Message);

    private Task<SheetUpload> UploadAsync(string text) =>
        Service.UploadAsync(_engine.Owner, "sheet.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)), Token);

    private async Task AssertNothingLeftAsync()
    {
        await using var context = _engine.CreateContext();
        Assert.False(await context.Sheets.AnyAsync(Token));
        Assert.False(await context.SheetRows.AnyAsync(Token));
        Assert.Empty(Directory.EnumerateFiles(_engine.DataFolder.Spool));
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("The line went dead.");
    }
}
