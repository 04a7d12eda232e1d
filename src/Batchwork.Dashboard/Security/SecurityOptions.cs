using System.ComponentModel.DataAnnotations;

namespace Batchwork.Dashboard.Security;

/// <summary>How strangers' connections are treated.</summary>
public sealed class SecurityOptions
{
    public const string SectionName = "Batchwork";

    /// <summary>Sends everybody who comes over plain http to https. Default no: a home network often has none.</summary>
    public bool RequireHttps { get; set; }

    /// <summary>Addresses or networks (<c>10.0.0.5</c>, <c>172.16.0.0/12</c>) of proxies that are believed when they say who called them and how, parted by commas.</summary>
    public string? TrustedProxies { get; set; }

    /// <summary>Live pages that one person may have open at the same time. Default 20.</summary>
    [Range(1, 10_000)]
    public int PagesPerPerson { get; set; } = 20;

    /// <summary>Live pages that may be open from one address at the same time. Default 100: an office behind one address shares it.</summary>
    [Range(1, 100_000)]
    public int PagesPerAddress { get; set; } = 100;

    /// <summary>Zips and other files made while they are sent that one person may download at the same time. Default 8: download managers fetch one in pieces.</summary>
    [Range(1, 10_000)]
    public int DownloadsPerPerson { get; set; } = 8;
}
