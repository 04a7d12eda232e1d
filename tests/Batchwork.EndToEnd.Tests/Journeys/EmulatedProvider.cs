using System.Net.Http.Json;
using System.Text.Json;
using Batchwork.EndToEnd.Tests.Browsing;
using Batchwork.EndToEnd.Tests.Processes;
using Microsoft.Playwright;

namespace Batchwork.EndToEnd.Tests.Journeys;

/// <summary>An account at the emulator: made known to the dashboard as a person would, and asked afterwards what it was paid for.</summary>
internal static class EmulatedProvider
{
    /// <summary>Done as soon as created, a few pictures again and again: it is our side that is tested.</summary>
    public static EmulatorProcess Quick()
    {
        var emulator = new EmulatorProcess();
        emulator.Set("Emulator__Repeat", "4");
        emulator.Set("Emulator__Schedule__Validating", "00:00:00");
        emulator.Set("Emulator__Schedule__ShortestRun", "00:00:00");
        emulator.Set("Emulator__Schedule__PicturesPerSecond", "100000");
        emulator.Set("Emulator__Schedule__Finalizing", "00:00:00");
        return emulator;
    }

    /// <summary>A dashboard that may reach this machine's own addresses.</summary>
    public static DashboardProcess Dashboard()
    {
        var dashboard = new DashboardProcess();
        dashboard.Set("Batchwork__AllowPrivateAddresses", "true");
        return dashboard;
    }

    /// <summary>Adds an account.</summary>
    /// <param name="tab">Where.</param>
    /// <param name="emulator">The provider.</param>
    /// <param name="provider">The provider's id and, after the slash, the version in its base URL.</param>
    public static async Task ConnectAsync(this BrowserTab tab, EmulatorProcess emulator, string provider = "openai/v1")
    {
        await tab.Page.GotoAsync("/w/studio/connections");
        await tab.Page.GetByLabel("Provider").SelectOptionAsync(provider.Split('/')[0]);
        await tab.Page.GetByLabel("Label").FillAsync("Studio key");
        await tab.Page.GetByLabel("API key").FillAsync("sk-test-0000-abcd");
        await tab.Page.GetByLabel("Base URL").FillAsync(new Uri(emulator.Address, provider).ToString());
        await tab.Page.Button("Add connection").ClickAsync();
        await tab.Page.GetByRole(AriaRole.List, new() { Name = "Connections" }).GetByText("abcd").WaitForAsync();
    }

    /// <summary>How many batches the provider accepted: what was paid for, by its own books.</summary>
    public static async Task<int> AcceptedAsync(this EmulatorProcess emulator, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = emulator.Address };
        var ledger = await client.GetFromJsonAsync<JsonElement>("_emulator/ledger", cancellationToken);
        return ledger.GetProperty("totals").GetProperty("creates").GetInt32();
    }
}
