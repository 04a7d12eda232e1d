using System.Security.Cryptography;
using System.Text;
using Batchwork.Emulator.Control;

namespace Batchwork.Emulator.OpenAI;

/// <summary>Who may call.</summary>
internal sealed class OpenAIKeys(SettingsStore settings)
{
    private const string Scheme = "Bearer ";

    /// <summary>A key that is always refused, for trying what happens then.</summary>
    private const string Refused = "sk-invalid";

    public OpenAIError? Check(HttpContext context)
    {
        var key = KeyOf(context);
        if (key.Length == 0)
        {
            return new OpenAIError(
                401, "No API key was given. Send it in the header 'Authorization: Bearer KEY'.", "invalid_request_error", null, null);
        }

        var accepted = settings.Current.ApiKeys;
        return key != Refused && (accepted.Count == 0 || accepted.Contains(key))
            ? null
            : new OpenAIError(
                401,
                $"Incorrect API key provided: {Masked(key)}. Check the key in your account settings.",
                "invalid_request_error",
                null,
                "invalid_api_key");
    }

    /// <summary>Tells keys apart without naming them.</summary>
    public static string Fingerprint(HttpContext context) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(KeyOf(context))).AsSpan(0, 4));

    private static string KeyOf(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
    }

    private static string Masked(string key) => key.Length <= 8 ? new string('*', key.Length) : $"{key[..3]}*****{key[^4..]}";
}
