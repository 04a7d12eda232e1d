using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Batchwork.EndToEnd.Tests.Browsing;
using Batchwork.EndToEnd.Tests.Processes;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Journeys;

/// <summary>What only a browser can show: passkeys with Chromium's virtual authenticator, and open pages that close when their session is ended elsewhere.</summary>
public sealed class AccountTests(ChromiumFixture chromium)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Account_InABrowser_HasPasskeysAndClosesPagesOfEndedSessions()
    {
        await using var dashboard = new DashboardProcess();
        await dashboard.StartAsync(Token);
        // Passkeys know names, not addresses of machines.
        var home = new UriBuilder(dashboard.Address) { Host = "localhost" }.Uri;
        await using var tab = await chromium.OpenTabAsync(View.Default, home);
        await tab.SetUpAsync(new Uri(home, (await dashboard.SetUpAddressAsync(Token)).PathAndQuery));
        var devtools = await AddAuthenticatorAsync(tab.Page);

        await PasskeyAsync(tab, devtools);
        await RevokedElsewhereAsync(tab, home);
        await LookAroundAsync(home);
        await tab.AssertCalmAsync();
    }

    /// <summary>Adds a passkey, signs out, signs in with it; a person who is not verified does not get in.</summary>
    private static async Task PasskeyAsync(BrowserTab tab, Authenticator devtools)
    {
        var page = tab.Page;
        await page.GotoAsync("/account/security");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Laptop");
        await page.Button("Add a passkey").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The passkey is added");
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Passkeys" })).ToContainTextAsync("Laptop");

        await page.Button("Sign out").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await devtools.VerifiesAsync(false);
        await page.Button("Sign in with a passkey").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was changed");

        await devtools.VerifiesAsync(true);
        await page.Button("Sign in with a passkey").ClickAsync();
        await page.WaitForURLAsync("**/w/studio");
    }

    /// <summary>A second browser signs in and ends the first one's session: its open page leaves by itself.</summary>
    private async Task RevokedElsewhereAsync(BrowserTab tab, Uri home)
    {
        await tab.Page.GotoAsync("/w/studio/jobs");
        await tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        await using var other = await chromium.OpenTabAsync(View.Default, home);
        await other.SignInAsync();
        await other.Page.GotoAsync("/account/sessions");

        await other.Page.Button("End all others").ClickAsync();

        await tab.Page.WaitForURLAsync(new Regex(@"/sign-in\?returnUrl=%2Fw%2Fstudio%2Fjobs$"));
        await Assertions.Expect(other.Page.GetByRole(AriaRole.List, new() { Name = "Sessions" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
    }

    private async Task LookAroundAsync(Uri home)
    {
        await using var tab = await chromium.OpenTabAsync(View.Default, home);
        await tab.SignInAsync();
        foreach (var (address, name) in new[]
        {
            ("/account", "account"), ("/account/security", "account-security"), ("/account/authenticator", "account-authenticator"),
            ("/account/sessions", "account-sessions"), ("/account/confirm", "account-confirm"), ("/account/second-factor", "account-second-factor"),
            ("/account/password", "account-password"), ("/account/email", "account-email"), ("/people", "people"), ("/sign-in-provider", "sign-in-provider"),
        })
        {
            await tab.Page.GotoAsync(address);
            await tab.LookAsync(name, fullPage: true);
        }

        var link = await MakeResetLinkAsync(tab);
        await LookAtTheSecondFactorAsync(tab, home);
        await using var visitor = await chromium.OpenTabAsync(View.Default, home);
        await visitor.Page.GotoAsync(new Uri(home, new Uri(link).PathAndQuery).ToString());
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "New password" }).WaitForAsync();
        await visitor.LookAsync("reset-password");
    }

    private static async Task<string> MakeResetLinkAsync(BrowserTab tab)
    {
        await tab.Page.GotoAsync("/people");
        await tab.Page.GetByText("Manage").ClickAsync();
        await tab.Page.Button($"Make a reset link for {Person.Name}").ClickAsync();
        var link = tab.Page.GetByRole(AriaRole.Textbox, new() { Name = $"Reset link for {Person.Name}" });
        await link.WaitForAsync();
        await tab.LookAsync("people-reset-link", fullPage: true);
        return await link.InputValueAsync();
    }

    private async Task LookAtTheSecondFactorAsync(BrowserTab tab, Uri home)
    {
        await tab.Page.GotoAsync("/account/authenticator");
        await tab.Page.GetByLabel("Code", new() { Exact = true }).FillAsync(CodeOf(await tab.Page.Locator("code.secret").TextContentAsync() ?? string.Empty));
        await tab.Page.Button("Turn on").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Recovery codes" }).WaitForAsync();
        await tab.LookAsync("account-recovery-codes-shown", fullPage: true);
        await tab.Page.GotoAsync("/account/recovery-codes");
        await tab.LookAsync("account-recovery-codes", fullPage: true);

        await using var visitor = await chromium.OpenTabAsync(View.Default, home);
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.Page.GetByLabel("E-mail").FillAsync(Person.Email);
        await visitor.Page.GetByLabel("Password").FillAsync(Person.Password);
        await visitor.Page.Button("Sign in").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Second step" }).WaitForAsync();
        await visitor.LookAsync("second-step");
    }

    /// <summary>The six digits an authenticator app shows now (RFC 6238).</summary>
    private static string CodeOf(string key)
    {
        var bits = string.Concat(key.Where(char.IsLetterOrDigit).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2)).ToArray();
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What authenticator apps do.
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static async Task<Authenticator> AddAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return new Authenticator(session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    private sealed class Authenticator(ICDPSession session, string id)
    {
        /// <summary>Whether the device finds that finger, face or PIN is right.</summary>
        public async Task VerifiesAsync(bool isRight) => await session.SendAsync("WebAuthn.setUserVerified", new Dictionary<string, object>
        {
            ["authenticatorId"] = id,
            ["isUserVerified"] = isRight,
        });
    }
}
