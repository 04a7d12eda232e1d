using Microsoft.AspNetCore.Authentication.Cookies;

namespace Batchwork.Dashboard.Identity;

/// <summary>
/// Gives the sign-in cookie the name that fits the connection: <c>__Host-…</c> on https, where browsers then insist on Secure, the exact host and
/// the whole site, and the plain name on http, where they would drop the other. The plain one is never read on https, so that someone on the
/// network cannot plant it.
/// </summary>
internal sealed class SchemeCookieManager : ICookieManager
{
    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, Name(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, Name(context, key), options);

    private static string Name(HttpContext context, string key) => context.Request.IsHttps ? "__Host-" + key : key;
}
