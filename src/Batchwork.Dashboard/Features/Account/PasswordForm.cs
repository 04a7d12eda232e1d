using System.ComponentModel.DataAnnotations;
using Batchwork.Dashboard.Identity;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>What the form for another password sends.</summary>
internal sealed class PasswordForm
{
    /// <summary>Empty for people who have none yet.</summary>
    public string Current { get; set; } = string.Empty;

    [Required(ErrorMessage = "Choose a password.")]
    [MinLength(PasswordRules.LeastLength, ErrorMessage = "Use at least 12 characters.")]
    [MaxLength(PasswordRules.GreatestLength, ErrorMessage = "Use at most 256 characters.")]
    public string Password { get; set; } = string.Empty;
}
