using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.NewJob;

/// <summary>Gives a test the token that a page's form would hold: live pages are drawn over the circuit, which these tests do not open.</summary>
internal sealed class FormTokens : IStartupFilter
{
    public const string Address = "/test-token";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, rest) =>
        {
            if (context.Request.Path != Address)
            {
                await rest(context);
                return;
            }

            context.User = (await context.AuthenticateAsync()).Principal ?? context.User;
            var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
            await context.Response.WriteAsync(tokens.RequestToken!);
        });
        next(app);
    };
}
