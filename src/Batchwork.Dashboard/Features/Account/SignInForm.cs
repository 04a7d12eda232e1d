using System.ComponentModel.DataAnnotations;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>What the sign-in form sends.</summary>
internal sealed class SignInForm
{
    [Required(ErrorMessage = "Enter your e-mail address.")]
    public string Email { get; set; } = string.Empty;

    [Required(ErrorMessage = "Enter your password.")]
    public string Password { get; set; } = string.Empty;
}
