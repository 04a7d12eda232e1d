using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.OpenAI;

/// <summary>Who may call.</summary>
internal sealed class OpenAIKeys(KeyRing keys)
{
    public OpenAIError? Check(HttpContext context)
    {
        var key = KeyRing.Bearer(context);
        if (key.Length == 0)
        {
            return new OpenAIError(
                401, "No API key was given. Send it in the header 'Authorization: Bearer KEY'.", "invalid_request_error", null, null);
        }

        return keys.Accepts(key)
            ? null
            : new OpenAIError(
                401,
                $"Incorrect API key provided: {Masked(key)}. Check the key in your account settings.",
                "invalid_request_error",
                null,
                "invalid_api_key");
    }

    private static string Masked(string key) => key.Length <= 8 ? new string('*', key.Length) : $"{key[..3]}*****{key[^4..]}";
}
