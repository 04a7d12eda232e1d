using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.Google;

/// <summary>Who may call. A wrong key is answered with 400, a missing one with 403, as the API does.</summary>
internal sealed class GoogleKeys(KeyRing keys)
{
    public GoogleError? Check(HttpContext context)
    {
        var key = KeyOf(context);
        if (key.Length == 0)
        {
            return new GoogleError(
                403,
                "PERMISSION_DENIED",
                "Method doesn't allow unregistered callers (callers without established identity). "
                    + "Please use API Key or other form of API consumer identity to call this API.");
        }

        return keys.Accepts(key)
            ? null
            : GoogleError.Invalid("API key not valid. Please pass a valid API key.") with
            {
                Details = [GoogleError.Info("API_KEY_INVALID")],
            };
    }

    public static string Fingerprint(HttpContext context) => KeyRing.Fingerprint(KeyOf(context));

    private static string KeyOf(HttpContext context)
    {
        var header = context.Request.Headers["x-goog-api-key"].ToString();
        return header.Length > 0 ? header : context.Request.Query["key"].ToString();
    }
}
