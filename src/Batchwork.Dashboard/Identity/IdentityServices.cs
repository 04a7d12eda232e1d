using Batchwork.Engine.Hosting;
using Batchwork.Engine.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Batchwork.Dashboard.Identity;

/// <summary>Who can sign in, and that everybody must.</summary>
internal static class IdentityServices
{
    /// <summary>How long a reset password leaves an open page or an old cookie alive at most.</summary>
    public static readonly TimeSpan RevalidationInterval = TimeSpan.FromMinutes(1);

    /// <summary>PBKDF2 with HMAC-SHA512, as many rounds as OWASP asks for in 2026.</summary>
    public static readonly PasswordHasherOptions Hashing = new() { IterationCount = 210_000 };

    public static IServiceCollection AddIdentityRoom(this IServiceCollection services)
    {
        services.AddDbContextFactory<AppIdentityDbContext>((provider, options) =>
            options.UseDataFolder(provider.GetRequiredService<DataFolder>(), AppIdentityDbContext.HistoryTable));
        services.AddIdentityCore<AppUser>(SetIdentity)
            .AddEntityFrameworkStores<AppIdentityDbContext>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<AppClaimsFactory>()
            .AddPasswordValidator<PasswordRules>()
            .AddDefaultTokenProviders();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = Hashing.IterationCount);
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = RevalidationInterval);

        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(SetCookie));
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Administrators.Policy, policy => policy.RequireAuthenticatedUser().AddRequirements(new AdministratorRequirement()));
        services.AddSingleton<Administrators>();
        services.AddSingleton<IAuthorizationHandler, AdministratorHandler>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, StampRevalidation>();
        services.AddSingleton<ThemePreferences>();
        services.AddSingleton<FirstPerson>();
        services.AddSingleton<People>();
        services.AddScoped<SignInService>();
        return services;
    }

    private static void SetIdentity(IdentityOptions options)
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.User.RequireUniqueEmail = true;
        // A user name is the e-mail address, and addresses may hold nearly any character.
        options.User.AllowedUserNameCharacters = string.Empty;
        options.Lockout.AllowedForNewUsers = true;
        options.Lockout.MaxFailedAccessAttempts = 10;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        // Length is what counts; rules about kinds of characters make passwords worse. PasswordRules refuses the well-known ones.
        options.Password.RequiredLength = PasswordRules.LeastLength;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
    }

    private static void SetCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "batchwork";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.CookieManager = new SchemeCookieManager();
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.LogoutPath = "/sign-out";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>A person who opens a page is led to sign-in; a picture, a script or a program gets the plain status.</summary>
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (status == StatusCodes.Status401Unauthorized && context.Request.IsPageRequest())
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }
}
