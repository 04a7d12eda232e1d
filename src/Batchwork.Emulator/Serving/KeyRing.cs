using System.Security.Cryptography;
using System.Text;
using Batchwork.Emulator.Control;

namespace Batchwork.Emulator.Serving;

/// <summary>Which keys are good, whatever header they come in.</summary>
internal sealed class KeyRing(SettingsStore settings)
{
    private const string Scheme = "Bearer ";

    /// <summary>Keys that end like this (<c>sk-invalid</c>) are always refused, for trying what happens then.</summary>
    private const string Refused = "-invalid";

    public bool Accepts(string key)
    {
        var accepted = settings.Current.ApiKeys;
        return !key.EndsWith(Refused, StringComparison.Ordinal) && (accepted.Count == 0 || accepted.Contains(key));
    }

    /// <summary>The key in the header <c>Authorization: Bearer KEY</c>; empty if there is none.</summary>
    public static string Bearer(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
    }

    /// <summary>Tells keys apart without naming them.</summary>
    public static string Fingerprint(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 4));
}
