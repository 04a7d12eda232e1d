namespace Batchwork.Dashboard.Features.Setup;

/// <summary>Makes the administrator at start, for containers and scripts. Used only while nobody can sign in yet.</summary>
public sealed class SetupOptions
{
    public const string SectionName = "Batchwork:Setup";

    public string? Email { get; set; }

    public string? Password { get; set; }

    /// <summary>Default: what stands before the @ of the address.</summary>
    public string? Name { get; set; }
}
