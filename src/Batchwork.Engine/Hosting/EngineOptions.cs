using System.ComponentModel.DataAnnotations;

namespace Batchwork.Engine.Hosting;

/// <summary>The engine's settings.</summary>
public sealed class EngineOptions
{
    public const string SectionName = "Batchwork";

    /// <summary>Holds database, images, key ring and spool; nothing is written elsewhere. Default <c>./data</c>.</summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>Whether connections may have base URLs on loopback and private addresses. Default no.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Parts that are submitted or polled at the same time. Default 4.</summary>
    [Range(1, 32)]
    public int ParallelParts { get; set; } = 4;

    /// <summary>Parts whose results are stored at the same time. Default 2.</summary>
    [Range(1, 16)]
    public int ParallelCollections { get; set; } = 2;

    /// <summary>Most rows of one sheet. Default 200,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxSheetRows { get; set; } = 200_000;

    /// <summary>Largest sheet file in MiB. Default 200.</summary>
    [Range(1, 2_048)]
    public int MaxSheetMebibytes { get; set; } = 200;
}
