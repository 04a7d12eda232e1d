using System.Security.Cryptography;

namespace Batchwork.Dashboard.Security;

/// <summary>
/// The headers every answer carries. Scripts run only from our own files (the import map by its nonce); styles may be inline because
/// MudBlazor writes its palette as style elements.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private static readonly object s_nonceKey = new();
    private static readonly object s_formsKey = new();

    /// <summary>The nonce of the answer to a request, made on first use.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The nonce.</returns>
    public static string Nonce(HttpContext context)
    {
        if (context.Items[s_nonceKey] is not string nonce)
        {
            nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            context.Items[s_nonceKey] = nonce;
        }

        return nonce;
    }

    /// <summary>Lets the forms of one answer lead elsewhere: browsers judge where a form is redirected to, too.</summary>
    /// <param name="context">The request.</param>
    /// <param name="origins">The origins, for example <c>https://login.example.org</c>.</param>
    public static void AllowFormsTo(HttpContext context, IEnumerable<string> origins) =>
        context.Items[s_formsKey] = string.Concat(origins.Where(o => !o.Any(c => c is ';' or ',' || char.IsWhiteSpace(c))).Select(o => " " + o));

    public Task InvokeAsync(HttpContext context)
    {
        // Added as the answer begins: error pages clear what was set before.
        context.Response.OnStarting(
            static state =>
            {
                Add((HttpContext)state);
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }

    private static void Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";

        // Whoever serves other people's bytes (pictures) sets a stricter policy of its own.
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = Policy(Nonce(context), context.Items[s_formsKey] as string);
        }

        if (context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) is true)
        {
            headers.CacheControl = "no-store";
        }
    }

    private static string Policy(string nonce, string? formOrigins) =>
        "default-src 'self'; "
        + $"script-src 'self' 'nonce-{nonce}'; "
        + "style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; "
        + "font-src 'self'; "
        + "connect-src 'self'; "
        + "object-src 'none'; "
        + "base-uri 'self'; "
        + $"form-action 'self'{formOrigins}; "
        + "frame-ancestors 'none'";
}
