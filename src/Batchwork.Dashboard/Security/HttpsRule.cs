using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Security;

/// <summary>With <c>Batchwork:RequireHttps</c> nothing but the health check answers on plain http.</summary>
internal static class HttpsRule
{
    public static void UseHttpsRule(this WebApplication app)
    {
        app.UseHsts();
        if (app.Services.GetRequiredService<IOptions<SecurityOptions>>().Value.RequireHttps)
        {
            app.UseWhen(
                context => !context.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase),
                branch => branch.Use(RedirectAsync));
        }
    }

    private static Task RedirectAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.IsHttps)
        {
            return next(context);
        }

        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            var port = context.RequestServices.GetRequiredService<IConfiguration>().GetValue<int?>("https_port");
            var host = port is null or 443 ? new HostString(context.Request.Host.Host) : new HostString(context.Request.Host.Host, port.Value);
            context.Response.Redirect($"https://{host}{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}", permanent: false, preserveMethod: true);
        }
        else
        {
            // What was sent has crossed the network in the open already; sending it on would hide that.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }

        return Task.CompletedTask;
    }
}
