using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Identity.SecondFactor;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Batchwork.Dashboard.Features.Account;

public sealed partial class AuthenticatorPage
{
    private const int KeyGroup = 4;

    private EditContext _context = default!;
    private IReadOnlyList<string>? _codes;
    private string _picture = string.Empty;
    private string _key = string.Empty;

    [SupplyParameterFromForm(FormName = "authenticator")]
    private AuthenticatorForm Form { get; set; } = default!;

    [Inject]
    private AccountSettings Settings { get; set; } = default!;

    [Inject]
    private AuthenticatorService Authenticators { get; set; } = default!;

    protected override async Task PrepareAsync()
    {
        Form ??= new AuthenticatorForm();
        if (Authenticators.Open(UserId, Form.Secret) is not { } secret)
        {
            Form.Secret = Authenticators.NewSecret(UserId);
            secret = Authenticators.Open(UserId, Form.Secret)!;
        }

        var email = (await Settings.ReadAsync(UserId)).Email ?? string.Empty;
        _picture = QrPicture.Of(OneTimeCodes.AddressOf(secret, email));
        _key = string.Join(' ', OneTimeCodes.Base32(secret).Chunk(KeyGroup).Select(part => new string(part)));
        _context = new EditContext(Form);
    }

    private async Task TurnOnAsync()
    {
        _codes = await Settings.TurnOnSecondFactorAsync(UserId, SessionId, Form.Secret, Form.Code, HttpContext.RequestAborted);
        if (_codes is null)
        {
            var messages = new ValidationMessageStore(_context);
            messages.Add(_context.Field(nameof(Form.Code)), "This is not the code. Look whether the clock of your phone is right, and enter the one it shows now.");
            _context.NotifyValidationStateChanged();
        }
    }
}
