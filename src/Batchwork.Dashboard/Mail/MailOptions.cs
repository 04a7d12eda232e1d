using System.ComponentModel.DataAnnotations;

namespace Batchwork.Dashboard.Mail;

/// <summary>How letters leave. Without a host none do, and people hand over links themselves.</summary>
public sealed class MailOptions
{
    public const string SectionName = "Batchwork:Mail";

    /// <summary>The mail server.</summary>
    public string? Host { get; set; }

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is encrypted: StartTls, Tls or None. None is for a server on this machine.</summary>
    [RegularExpression("^(StartTls|Tls|None)$", ErrorMessage = "is not StartTls, Tls or None.")]
    public string Encryption { get; set; } = "StartTls";

    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender, for example <c>Batchwork &lt;batchwork@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>Under which address people reach this installation: links in letters begin with it, whatever a request claims to have asked for.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>Letters in an hour at most, of the whole installation.</summary>
    [Range(1, 10_000)]
    public int MaxPerHour { get; set; } = 500;

    /// <summary>Whether letters can be sent.</summary>
    internal bool IsSet => !string.IsNullOrWhiteSpace(Host);
}
