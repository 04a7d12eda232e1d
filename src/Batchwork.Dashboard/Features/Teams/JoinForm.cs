using System.ComponentModel.DataAnnotations;
using Batchwork.Dashboard.Identity;

namespace Batchwork.Dashboard.Features.Teams;

/// <summary>What somebody without an account sends to join. The address is the invitation's and cannot be chosen.</summary>
internal sealed class JoinForm
{
    [Required(ErrorMessage = "Tell us your name.")]
    [StringLength(100, ErrorMessage = "Use at most 100 characters.")]
    public string Name { get; set; } = string.Empty;

    [Required(ErrorMessage = "Choose a password.")]
    [MinLength(PasswordRules.LeastLength, ErrorMessage = "Use at least 12 characters.")]
    [MaxLength(PasswordRules.GreatestLength, ErrorMessage = "Use at most 256 characters.")]
    public string Password { get; set; } = string.Empty;
}
