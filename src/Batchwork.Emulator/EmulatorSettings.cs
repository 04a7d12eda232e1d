using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Google;
using Batchwork.Emulator.XAI;

namespace Batchwork.Emulator;

/// <summary>
/// How the emulator behaves. All but <see cref="StateFolder"/> can be changed while it runs, see <c>/_emulator/settings</c>.
/// </summary>
public sealed record EmulatorSettings
{
    /// <summary>The configuration section read by the stand-alone program.</summary>
    public const string SectionName = "Emulator";

    /// <summary>Where files, batches, ledger and clock are kept. Null: a temporary folder that goes with the emulator.</summary>
    public string? StateFolder { get; set; }

    /// <summary>How long a batch stays in each state. A batch keeps the schedule it was created under.</summary>
    public BatchSchedule Schedule { get; set; } = BatchSchedule.Brisk;

    /// <summary>How long a new file or batch is missing from lists. Asking for it by its id finds it at once.</summary>
    public TimeSpan ListLag { get; set; }

    /// <summary>The keys that are accepted. Empty: any key that does not end in <c>-invalid</c>.</summary>
    public IReadOnlyList<string> ApiKeys { get; set; } = [];

    /// <summary>Another seed makes other pictures and another order of results.</summary>
    public long Seed { get; set; } = 1;

    /// <summary>
    /// 0 makes a picture for each prompt and index. More re-uses so many ready-made pictures a size and format: for load.
    /// </summary>
    public int Repeat { get; set; }

    /// <summary>The format of a picture whose request names none: <c>png</c>, <c>jpeg</c> or <c>webp</c>.</summary>
    public string OutputFormat { get; set; } = "png";

    /// <summary>How many requests a batch may hold.</summary>
    public int MostRequests { get; set; } = 50_000;

    /// <summary>How many bytes an upload for a batch may have.</summary>
    public long LargestUpload { get; set; } = 200L << 20;

    /// <summary>Whether downloads honour <c>Range</c>. OpenAI documents nothing; a client must live with both.</summary>
    public bool AnswerRanges { get; set; } = true;

    /// <summary>How many pictures are made at the same time.</summary>
    public int PictureThreads { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// How many bytes of finished result files are kept on disk. Older ones are dropped and, when asked for, made again, the same to the
    /// byte.
    /// </summary>
    public long ResultsOnDisk { get; set; } = 4L << 30;

    /// <summary>What is particular to the Google surface.</summary>
    public GoogleSettings Google { get; set; } = new();

    /// <summary>What is particular to the xAI surface.</summary>
    public XAISettings XAI { get; set; } = new();

    /// <summary>All that is wrong with the settings; empty when they can be used.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [.. Schedule.Problems(), .. Google.Problems(), .. XAI.Problems()];
        Require(ListLag >= TimeSpan.Zero, "listLag must not be negative");
        Require(Repeat is >= 0 and <= 1000, "repeat must be 0 to 1000");
        Require(OutputFormat is "png" or "jpeg" or "webp", "outputFormat must be png, jpeg or webp");
        Require(MostRequests is >= 1 and <= 1_000_000, "mostRequests must be 1 to 1000000");
        Require(LargestUpload >= 1, "largestUpload must be at least 1");
        Require(PictureThreads is >= 1 and <= 64, "pictureThreads must be 1 to 64");
        Require(ResultsOnDisk >= 0, "resultsOnDisk must not be negative");
        return problems;

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }
    }
}
