using System.Globalization;
using System.Text.RegularExpressions;
using Batchwork.EndToEnd.Tests.Browsing;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Journeys;

/// <summary>What a person does, by the names they read: fields by their labels, buttons and links by their words.</summary>
internal static class Person
{
    public const string Name = "Ana";
    public const string Email = "ana@example.com";
    public const string Password = "correct horse battery";

    /// <summary>Longer than anything takes on a busy machine of two cores; nothing waits for it when all is well.</summary>
    private const int Patience = 60_000;

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>Opens the set-up address and creates the administrator.</summary>
    public static async Task SetUpAsync(this BrowserTab tab, Uri setUp)
    {
        tab.Page.SetDefaultTimeout(Patience);
        await tab.Page.GotoAsync(setUp.ToString());
        await tab.Page.GetByLabel("Name").FillAsync(Name);
        await tab.Page.GetByLabel("E-mail").FillAsync(Email);
        await tab.Page.GetByLabel("Password").FillAsync(Password);
        await tab.Page.Button("Create administrator").ClickAsync();
        await tab.Page.WaitForURLAsync("**/w/studio");
    }

    /// <summary>Signs in.</summary>
    public static async Task SignInAsync(this BrowserTab tab, string address = "/sign-in")
    {
        tab.Page.SetDefaultTimeout(Patience);
        await tab.Page.GotoAsync(address);
        await tab.Page.GetByLabel("E-mail").FillAsync(Email);
        await tab.Page.GetByLabel("Password").FillAsync(Password);
        await tab.Page.Button("Sign in").ClickAsync();
        await tab.Page.WaitForURLAsync("**/w/studio**");
    }

    /// <summary>Uploads a sheet and waits for its draft.</summary>
    public static async Task UploadAsync(this BrowserTab tab, string fileName, string text)
    {
        await tab.Page.GotoAsync("/w/studio/jobs/new");
        await tab.Page.GetByLabel("Prompt sheet").SetInputFilesAsync(new FilePayload { Name = fileName, MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
        await tab.Page.WaitForURLAsync("**/drafts/**");
    }

    /// <summary>From the settings to the running job.</summary>
    /// <returns>The job's address.</returns>
    public static async Task<string> RunAsync(this BrowserTab tab, int rows)
    {
        await tab.Page.Link("Continue").ClickAsync();
        await tab.Page.Button(string.Create(CultureInfo.InvariantCulture, $"Run {rows:N0} rows")).ClickAsync();
        await tab.Page.WaitForURLAsync(new Regex("/jobs/[0-9a-f-]{36}"));
        return new Uri(tab.Page.Url).AbsolutePath;
    }

    /// <summary>Waits until the job on the page has ended.</summary>
    public static async Task WaitForEndAsync(this BrowserTab tab, int images)
    {
        var download = tab.Page.Link(string.Create(CultureInfo.InvariantCulture, $"Download all {images:N0}"));
        await Assertions.Expect(download).ToBeVisibleAsync(new() { Timeout = Patience * 2 });
    }
}
