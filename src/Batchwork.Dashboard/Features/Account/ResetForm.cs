using System.ComponentModel.DataAnnotations;
using Batchwork.Dashboard.Identity;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>What the form behind a reset link sends.</summary>
internal sealed class ResetForm
{
    [Required(ErrorMessage = "Choose a password.")]
    [MinLength(PasswordRules.LeastLength, ErrorMessage = "Use at least 12 characters.")]
    [MaxLength(PasswordRules.GreatestLength, ErrorMessage = "Use at most 256 characters.")]
    public string Password { get; set; } = string.Empty;
}
