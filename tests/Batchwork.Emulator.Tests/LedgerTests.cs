using Batchwork.Emulator.Ledger;
using Batchwork.Emulator.Tests.Support;

namespace Batchwork.Emulator.Tests;

public sealed class LedgerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_AfterAJob_TellsWhatWasAccepted()
    {
        await using var emulation = await Emulation.StartAsync();
        var file = await emulation.UploadAsync(Emulation.Line("a", "A fox"), Emulation.Line("b", "A bear"));
        var batch = await emulation.CreateAsync(file.Text("id"), """,'metadata':{'bw_attempt':'7'}""".Replace('\'', '"'));
        using var cancelled = await emulation.Client.PostAsync($"openai/v1/batches/{batch.Text("id")}/cancel", null, Token);

        var report = emulation.Emulator.Ledger.Read();

        Assert.Equal(new LedgerTotals(1, 1, 1, file.Number("bytes"), 2), report.Totals);
        Assert.Equal([LedgerKind.Upload, LedgerKind.Create, LedgerKind.Cancel], report.Entries.Select(entry => entry.Kind));
        var create = report.Entries[1];
        Assert.Equal(
            (batch.Text("id"), file.Text("id"), "job.jsonl", 2, "7"),
            (create.Id, create.FileId, create.Filename, create.Requests, create.Metadata!["bw_attempt"]));
        Assert.Equal(("openai.batches.create", "gpt-image-2", Emulation.Start), (create.Operation, create.Model, create.Time));
        Assert.Equal((1, 1), (report.Requests["openai.batches.create"].Seen, report.Requests["openai.batches.create"].Answers["200"]));
    }

    [Fact]
    public async Task Read_OverHttp_SaysTheSame()
    {
        await using var emulation = await Emulation.StartAsync();
        _ = await emulation.SubmitAsync(Emulation.Line("a", "A fox"));

        var ledger = await emulation.GetAsync("_emulator/ledger");

        Assert.Equal((1, 1), (ledger.Number("totals.creates"), ledger.Number("totals.uploads")));
        Assert.Equal("create", ledger["entries"]![1]!.Text("kind"));
    }

    [Fact]
    public async Task Read_RefusedCalls_CountedAsSeenOnly()
    {
        await using var emulation = await Emulation.StartAsync();
        using var refused = await emulation.PostBatchAsync("{}");

        var report = emulation.Emulator.Ledger.Read();

        Assert.Empty(report.Entries);
        Assert.Equal(1, report.Requests["openai.batches.create"].Answers["400"]);
    }

    [Fact]
    public async Task Read_AfterRestart_StillThere()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { StateFolder = folder.Path };
        var first = await Emulation.StartAsync(settings);
        _ = await first.SubmitAsync(Emulation.Line("a", "A fox"));
        var before = first.Emulator.Ledger.Read();
        await first.DisposeAsync();

        await using var second = await Emulation.StartAsync(settings, first.Time);
        _ = await second.SubmitAsync(Emulation.Line("a", "A fox"));

        var after = second.Emulator.Ledger.Read();
        Assert.Equal(before.Entries.Select(entry => entry.Id), after.Entries.Take(2).Select(entry => entry.Id));
        Assert.Equal(2, after.Totals.Creates);
        Assert.Equal(2, after.Requests["openai.batches.create"].Seen);
        Assert.Equal(after.Entries.Select(entry => entry.Sequence).Distinct().Order(), after.Entries.Select(entry => entry.Sequence));
    }

    [Fact]
    public async Task Start_TornLastLine_DropsItAndGoesOn()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { StateFolder = folder.Path };
        var first = await Emulation.StartAsync(settings);
        _ = await first.UploadAsync(Emulation.Line("a", "A fox"));
        await first.DisposeAsync();
        await File.AppendAllTextAsync(folder.At("ledger.jsonl"), """{"sequence":9,"ti""", Token);

        await using var second = await Emulation.StartAsync(settings, first.Time);
        _ = await second.UploadAsync(Emulation.Line("a", "A fox"));

        Assert.Equal(2, second.Emulator.Ledger.Read().Totals.Uploads);
    }

    [Fact]
    public async Task Start_RecordWithoutEntry_IsEntered()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { StateFolder = folder.Path };
        var first = await Emulation.StartAsync(settings);
        var batch = await first.SubmitAsync(Emulation.Line("a", "A fox"));
        await first.DisposeAsync();
        var lines = await File.ReadAllLinesAsync(folder.At("ledger.jsonl"), Token);
        await File.WriteAllLinesAsync(folder.At("ledger.jsonl"), lines[..1], Token);

        await using var second = await Emulation.StartAsync(settings, first.Time);

        var create = Assert.Single(second.Emulator.Ledger.Read().Entries, entry => entry.Kind == LedgerKind.Create);
        Assert.Equal(batch.Text("id"), create.Id);
    }

    [Fact]
    public async Task Clear_ThenRestart_StaysEmptyAndCountsOn()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { StateFolder = folder.Path };
        var first = await Emulation.StartAsync(settings);
        var batch = await first.SubmitAsync(Emulation.Line("a", "A fox"));
        using var cleared = await first.Client.DeleteAsync("_emulator/ledger", Token);
        await first.DisposeAsync();

        await using var second = await Emulation.StartAsync(settings, first.Time);
        Assert.Empty(second.Emulator.Ledger.Read().Entries);
        _ = await second.RetrieveAsync(batch);
        _ = await second.SubmitAsync(Emulation.Line("a", "A fox"));

        Assert.Equal((1, 1), (second.Emulator.Ledger.Read().Totals.Creates, second.Emulator.Ledger.Read().Totals.Uploads));
    }

    [Fact]
    public async Task Start_FolderInUse_SaysSo()
    {
        using var folder = new TemporaryFolder();
        await using var first = await Emulation.StartAsync(new EmulatorSettings { StateFolder = folder.Path });

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Emulation.StartAsync(new EmulatorSettings { StateFolder = folder.Path }));

        Assert.Contains("in use by another emulator", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnreadableRecord_IsSetAside()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { StateFolder = folder.Path };
        var first = await Emulation.StartAsync(settings);
        var batch = await first.SubmitAsync(Emulation.Line("a", "A fox"));
        await first.DisposeAsync();
        await File.WriteAllTextAsync(folder.At("batches/batch_old.json"), "{\"id\":", Token);

        await using var second = await Emulation.StartAsync(settings, first.Time);

        _ = await second.RetrieveAsync(batch);
        Assert.True(File.Exists(folder.At("batches/batch_old.json.unreadable")));
    }

    [Fact]
    public async Task Start_ContentWithoutRecord_IsRemoved()
    {
        using var folder = new TemporaryFolder();
        var settings = new EmulatorSettings { StateFolder = folder.Path };
        var first = await Emulation.StartAsync(settings);
        var file = await first.UploadAsync(Emulation.Line("a", "A fox"));
        await first.DisposeAsync();
        await File.WriteAllTextAsync(folder.At("files/file-lost.bin"), "x", Token);
        await File.WriteAllTextAsync(folder.At("files/file-torn.bin.part"), "x", Token);

        await using var second = await Emulation.StartAsync(settings, first.Time);

        _ = await second.ContentAsync(file.Text("id"));
        Assert.Equal(3, Directory.GetFiles(folder.At("files")).Length);
    }
}
