using System.Globalization;
using System.Text;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Sheets;

namespace Batchwork.Benchmarks;

/// <summary>Drafts of sheets of any length.</summary>
internal static class BenchmarkSheets
{
    /// <summary>The prompt of a row, of ordinary length.</summary>
    public static string Prompt(int row) =>
        string.Create(CultureInfo.InvariantCulture, $"A red bicycle number {row} against a white wall, soft light from the left, product photograph");

    /// <summary>A draft of so many rows, ready to run on a connection.</summary>
    public static async Task<Guid> AddDraftAsync(this BenchmarkEngine engine, int rows, Guid connectionId, CancellationToken cancellationToken)
    {
        var csv = new StringBuilder("id,prompt,size\n");
        for (var i = 0; i < rows; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"sku-{i:D6},\"{Prompt(i)}\",1024x1024\n");
        }

        using var file = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
        var upload = await engine.Get<SheetService>().UploadAsync(engine.Owner, "large.csv", file, cancellationToken);
        var drafts = engine.Get<DraftService>();
        var draftId = (await drafts.CreateAsync(engine.Owner, upload.SheetId!.Value, cancellationToken))!.Value;
        var view = await engine.Get<DraftQueries>().GetAsync(engine.Owner, draftId, cancellationToken);
        var settings = new DraftSettings { Name = "Benchmark", ConnectionId = connectionId, Model = "gpt-image-2" };
        await drafts.UpdateSettingsAsync(engine.Owner, draftId, view!.Revision, settings, cancellationToken);
        return draftId;
    }
}
