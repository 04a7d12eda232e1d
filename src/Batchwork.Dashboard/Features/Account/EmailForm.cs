using System.ComponentModel.DataAnnotations;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>What the form for another address sends.</summary>
internal sealed class EmailForm
{
    [Required(ErrorMessage = "Enter your e-mail address.")]
    [EmailAddress(ErrorMessage = "This is not an e-mail address.")]
    [StringLength(254, ErrorMessage = "This is not an e-mail address.")]
    public string Email { get; set; } = string.Empty;
}
