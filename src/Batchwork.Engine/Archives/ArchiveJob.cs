using System.Globalization;
using Batchwork.Engine.Images;
using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Archives;

/// <summary>The job an archive is made of, and how its pictures are called in it.</summary>
internal sealed record ArchiveJob
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required string CreatedByName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required JobState State { get; init; }

    public required ImageDefaults Defaults { get; init; }

    /// <summary>Rows in the table, skipped ones as well.</summary>
    public required int RowCount { get; init; }

    /// <summary>The largest row number.</summary>
    public required int LastNumber { get; init; }

    public required NamePattern Pattern { get; init; }

    private int NumberDigits => LastNumber.ToString(CultureInfo.InvariantCulture).Length;

    public static ArchiveJob Of(Job job, int rowCount, int lastNumber, NamePattern pattern) => new()
    {
        Id = job.Id,
        Name = job.Name,
        Provider = job.Provider,
        Model = job.Model,
        CreatedByName = job.CreatedByName,
        CreatedAt = job.CreatedAt,
        State = job.State,
        Defaults = job.Defaults,
        RowCount = rowCount,
        LastNumber = lastNumber,
        Pattern = pattern,
    };

    /// <summary>Names the next picture. The same pictures in the same order get the same names.</summary>
    public string NameOf(ArchiveImage image, UniqueNames names) => names.Take(StemOf(image), MediaTypes.Extension(image.MediaType));

    /// <summary>Names a picture by itself, as its archive does unless two of them would have the same name.</summary>
    public string NameOf(ArchiveImage image) => FileNames.Safe(StemOf(image), MediaTypes.Extension(image.MediaType));

    private string StemOf(ArchiveImage image) => Pattern.Expand(new NameParts
    {
        Number = image.Number,
        NumberDigits = NumberDigits,
        CustomId = image.CustomId,
        Index = image.Index,
        Job = Name,
        Model = Model,
        Prompt = image.Prompt,
        Width = image.Width,
        Height = image.Height,
    });
}
