using Batchwork.Dashboard.Identity;
using Microsoft.AspNetCore.Diagnostics;

namespace Batchwork.Dashboard.Layout;

/// <summary>Gives people a page where a program gets a bare status.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/error/500", createScopeForErrors: true);
        app.UseWhen(
            context => context.Request.AcceptsHtml(),
            people => people.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true));
        app.Use(static (context, next) =>
        {
            // The page that explains a failed POST is read, not posted to: as a POST it would ask for a form token and fail itself.
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
    }
}
