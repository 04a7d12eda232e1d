using System.ComponentModel.DataAnnotations;
using Batchwork.Dashboard.Identity;

namespace Batchwork.Dashboard.Features.Setup;

/// <summary>What the set-up form sends.</summary>
internal sealed class SetupForm
{
    [Required(ErrorMessage = "Tell us your name.")]
    [StringLength(100, ErrorMessage = "Use at most 100 characters.")]
    public string Name { get; set; } = string.Empty;

    [Required(ErrorMessage = "Enter your e-mail address.")]
    [EmailAddress(ErrorMessage = "This is not an e-mail address.")]
    [StringLength(254, ErrorMessage = "This is not an e-mail address.")]
    public string Email { get; set; } = string.Empty;

    [Required(ErrorMessage = "Choose a password.")]
    [MinLength(PasswordRules.LeastLength, ErrorMessage = "Use at least 12 characters.")]
    [MaxLength(PasswordRules.GreatestLength, ErrorMessage = "Use at most 256 characters.")]
    public string Password { get; set; } = string.Empty;
}
