using System.ComponentModel.DataAnnotations;

namespace Batchwork.Dashboard.Features.Account;

/// <summary>What the form for an authenticator app sends.</summary>
internal sealed class AuthenticatorForm
{
    /// <summary>The secret, sealed for this person: only we can read it.</summary>
    public string Secret { get; set; } = string.Empty;

    [Required(ErrorMessage = "Enter the six digits that the app shows.")]
    public string Code { get; set; } = string.Empty;
}
