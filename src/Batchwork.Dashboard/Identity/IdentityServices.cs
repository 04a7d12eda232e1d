using Batchwork.Dashboard.Identity.SecondFactor;
using Batchwork.Dashboard.Identity.Sessions;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Identity;

/// <summary>Who can sign in, and that everybody must.</summary>
internal static class IdentityServices
{
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
            // Not the default providers: those would take a confirmed address for a second factor.
            .AddTokenProvider<DataProtectorTokenProvider<AppUser>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<AuthenticatorProvider>(AuthenticatorProvider.Name)
            .AddTokenProvider<RecoveryProvider>(RecoveryProvider.Name);
        services.AddScoped<IUserConfirmation<AppUser>, NotDisabled>();
        // What remembers a browser is looked at each time: it ends with the stamp it was made for. Sessions have their own look, SessionCookie.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero);
        // Also in Development a form that is not ours is the visitor's fault, not ours.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = Hashing.IterationCount);

        services.AddOptions<SignInSessionOptions>().BindConfiguration(SignInSessionOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(SetCookie);
            cookies.TwoFactorUserIdCookie!.Configure(options => SetSideCookie(options, "batchwork-second-step"));
            cookies.TwoFactorRememberMeCookie!.Configure(options => SetSideCookie(options, "batchwork-remembered"));
            cookies.ExternalCookie!.Configure(options => SetSideCookie(options, "batchwork-provider"));
        });
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme)
            .Configure<IOptions<SignInSessionOptions>>((cookie, sessions) => cookie.ExpireTimeSpan = sessions.Value.Idle);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Administrators.Policy, policy => policy.RequireAuthenticatedUser().AddRequirements(new AdministratorRequirement()));
        services.AddSingleton<Administrators>();
        services.AddSingleton<IAuthorizationHandler, AdministratorHandler>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddSingleton<IAccessChanges, AccessChanges>();
        services.AddSingleton<SessionService>();
        services.AddSingleton<RecentProof>();
        services.AddSingleton<ISessionProofs>(provider => provider.GetRequiredService<RecentProof>());
        services.AddSingleton<AuthenticatorService>();
        services.AddSingleton<RecoveryCodes>();
        services.AddSingleton<AccountService>();
        services.AddSingleton<AccountLimiter>();
        services.AddHttpContextAccessor();
        services.AddSingleton<IAccountEvents, AuditedAccountEvents>();
        services.AddSingleton<ResetLinks>();
        services.AddSingleton<PeopleService>();
        services.AddScoped<AccountSettings>();
        services.AddScoped<PasskeyService>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // A passkey signs in alone, so it must be found without an address and ask for finger, face or PIN.
            options.ResidentKeyRequirement = "required";
            options.UserVerificationRequirement = "required";
        });
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
        // Who is confirmed, NotDisabled says.
        options.SignIn.RequireConfirmedAccount = true;
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
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.LogoutPath = "/sign-out";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnSigningIn = SessionCookie.BeginAsync;
        options.Events.OnSigningOut = SessionCookie.EndAsync;
        options.Events.OnValidatePrincipal = SessionCookie.ValidateAsync;
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    private static void SetSideCookie(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.CookieManager = new SchemeCookieManager();
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
