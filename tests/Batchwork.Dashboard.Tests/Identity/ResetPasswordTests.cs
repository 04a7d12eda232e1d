using System.Net;
using Batchwork.Dashboard.Hosting;
using Batchwork.Dashboard.Identity;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Dashboard.Tests.Identity;

public sealed class ResetPasswordTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reset_WithATypedPassword_LetsTheLockedOutPersonInAgain()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        await LockOutAsync(server);

        var (code, output, _) = await RunAsync(server, "green paper moon six", DashboardServer.Email);

        Assert.Equal(0, code);
        Assert.EndsWith("The password is changed.\n", output, StringComparison.Ordinal);
        using var answer = await server.Browser().PostFormAsync(
            "/sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", "green paper moon six"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Reset_WithNothingTyped_MakesAPasswordThatWorks()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        var (code, output, _) = await RunAsync(server, string.Empty, DashboardServer.Email.ToUpperInvariant());

        Assert.Equal(0, code);
        var made = output.Trim().Split("The password is now: ")[1];
        Assert.Equal(20, made.Length);
        using var answer = await server.Browser().PostFormAsync("/sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", made));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Reset_ToAWeakPassword_ChangesNothingAndSaysWhy()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        var (code, _, errors) = await RunAsync(server, "password1234", DashboardServer.Email);

        Assert.Equal(1, code);
        Assert.Contains("easy to guess", errors, StringComparison.Ordinal);
        using var answer = await server.Browser().PostFormAsync(
            "/sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", DashboardServer.Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Reset_OfSomebodyUnknown_SaysSo()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);

        var (code, _, errors) = await RunAsync(server, string.Empty, "nobody@example.org");

        Assert.Equal(1, code);
        Assert.Contains("Nobody signs in with nobody@example.org", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reset_OfSomebodyWhoLostTheirPhone_ForgetsTheAppToo()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            await users.SetTwoFactorEnabledAsync((await users.FindByEmailAsync(DashboardServer.Email))!, true);
        }

        var (code, output, _) = await RunAsync(server, "green paper moon six", DashboardServer.Email);

        Assert.Equal(0, code);
        Assert.Contains("The authenticator app is forgotten, too", output, StringComparison.Ordinal);
        using var answer = await server.Browser().PostFormAsync("/sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", "green paper moon six"));
        Assert.Equal("/", answer.Location());
    }

    [Fact]
    public async Task Reset_OfNobody_SaysHowToUseIt()
    {
        await using var server = new DashboardServer();

        var (code, _, errors) = await RunAsync(server, string.Empty);

        Assert.Equal(2, code);
        Assert.Contains("reset-password E-MAIL", errors, StringComparison.Ordinal);
    }

    // The test's server holds the folder already, and the engine's start-up takes it once a process: preparing again is harmless here.
    private static async Task<(int Code, string Output, string Errors)> RunAsync(DashboardServer server, string typed, params string[] arguments)
    {
        Assert.NotNull(server.Services.GetRequiredService<EngineStartup>());
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var code = await ResetPasswordVerb.RunAsync(server.Services, arguments, new Terminal(output, errors, TextReader.Null, () => typed), Token);
        return (code, output.ToString(), errors.ToString());
    }

    private static async Task LockOutAsync(DashboardServer server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = await users.FindByEmailAsync(DashboardServer.Email);
        await users.SetLockoutEndDateAsync(user!, DateTimeOffset.MaxValue);
    }
}
