using System.ComponentModel.DataAnnotations;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>What the second step of a sign-in sends.</summary>
internal sealed class SecondStepForm
{
    [Required(ErrorMessage = "Enter a code.")]
    [StringLength(40, ErrorMessage = "This is not a code.")]
    public string Code { get; set; } = string.Empty;

    /// <summary>Whether this browser is asked no more.</summary>
    public bool Remember { get; set; }
}
