using Batchwork.Engine.Drafts;
using Batchwork.Engine.Jobs;
using Batchwork.Engine.Sheets;

namespace Batchwork.Dashboard.Tests.NewJob;

/// <summary>A draft as the engine would show it.</summary>
internal static class TestDraft
{
    public static ModelRules Painter { get; } = new()
    {
        Id = "painter-1",
        DisplayName = "Painter 1",
        Batch = true,
        Sizes = ["auto", "1024x1024"],
        MaxN = 10,
        Options = [new OptionRule("quality", ["auto", "low", "high"]), new OptionRule("outputFormat", ["png", "webp"]), new OptionRule("outputCompression", [], 0, 100)],
        Prices = [new ImagePrice("1024x1024", null, 26_500, "Price list", new DateOnly(2026, 11, 20))],
        Source = "Made up",
        AsOf = new DateOnly(2026, 11, 20),
    };

    public static ConnectionChoice Account { get; } = new(new Guid("0197a000-0000-7000-8000-000000000001"), "Studio", "openai", "OpenAI", IsDemo: false, PausedReason: null);

    public static DraftView View(DraftCheck? check = null, DraftSettings? settings = null) => new()
    {
        Id = new Guid("0197a000-0000-7000-8000-00000000000d"),
        Revision = 3,
        Step = 2,
        UpdatedAt = new DateTimeOffset(2026, 11, 22, 13, 2, 0, TimeSpan.Zero),
        CreatedByName = "Ana",
        Settings = settings ?? new DraftSettings { Name = "Spring", ConnectionId = Account.Id, Model = Painter.Id, Size = "1024x1024" },
        Sheet = new Sheet
        {
            Id = Guid.Empty,
            WorkspaceId = Guid.Empty,
            FileName = "Spring.csv",
            Format = SheetFormat.Separated,
            Bytes = 1,
            Sha256 = "",
            RowCount = 4_871,
            Columns = [new SheetColumn("prompt", SheetFields.Prompt)],
            Notices = [],
            CreatedByName = "Ana",
            CreatedAt = DateTimeOffset.UnixEpoch,
        },
        Connections = [Account],
        Connection = Account,
        Models = [Painter],
        Rules = Painter,
        Check = check ?? Check(ready: 4_871),
    };

    public static DraftCheck Check(int ready, int warnings = 0, int errors = 0, int skipped = 0, params ProblemGroup[] groups) => new()
    {
        Revision = 3,
        Ready = ready,
        Warnings = warnings,
        Errors = errors,
        Skipped = skipped,
        Groups = groups,
        Estimate = new JobEstimate
        {
            Requests = ready + warnings,
            Images = ready + warnings,
            Parts = 1,
            Lines = [new PriceLine("1024x1024, medium", ready + warnings, 26_500, "Price list", new DateOnly(2026, 11, 20))],
        },
    };

    public static ProblemGroup SizeGroup { get; } = new(
        new RowProblem(RowCheck.Error, "size-not-offered", SheetFields.Size, "1000x1000", "Painter 1 does not make 1000x1000.", "1024x1024"),
        21,
        [12, 48, 77]);
}
