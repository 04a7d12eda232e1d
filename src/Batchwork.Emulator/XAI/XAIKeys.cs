using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.XAI;

/// <summary>Who may call. A wrong key is answered with 400, as the API does; a missing one with 401.</summary>
internal sealed class XAIKeys(KeyRing keys)
{
    public XAIError? Check(HttpContext context)
    {
        var key = KeyRing.Bearer(context);
        return key.Length == 0 ? XAIError.For(401, new ErrorWords())
            : keys.Accepts(key) ? null
            : XAIError.Invalid($"Incorrect API key provided: {Masked(key)}. You can obtain an API key from https://console.x.ai.");
    }

    private static string Masked(string key) => key.Length <= 4 ? "***" : $"{key[..2]}***{key[^2..]}";
}
