namespace Batchwork.Dashboard.Security;

/// <summary>How strangers' connections are treated.</summary>
public sealed class SecurityOptions
{
    public const string SectionName = "Batchwork";

    /// <summary>Sends everybody who comes over plain http to https. Default no: a home network often has none.</summary>
    public bool RequireHttps { get; set; }

    /// <summary>Addresses or networks (<c>10.0.0.5</c>, <c>172.16.0.0/12</c>) of proxies that are believed when they say who called them and how, parted by commas.</summary>
    public string? TrustedProxies { get; set; }
}
