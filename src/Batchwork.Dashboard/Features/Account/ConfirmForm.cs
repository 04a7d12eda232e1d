using System.ComponentModel.DataAnnotations;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>What the form that asks whether it is really you sends.</summary>
internal sealed class ConfirmForm
{
    [Required(ErrorMessage = "Enter your password.")]
    public string Password { get; set; } = string.Empty;
}
