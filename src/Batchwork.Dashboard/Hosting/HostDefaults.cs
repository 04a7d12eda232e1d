using Batchwork.Engine.Hosting;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;

namespace Batchwork.Dashboard.Hosting;

/// <summary>What holds wherever the dashboard runs: the same behaviour from source as published, and quiet logs.</summary>
internal static class HostDefaults
{
    public const string DefaultUrl = "http://localhost:5080";

    // Set by the launch profile, so that the data lands at the repository's root. The profile must not set Batchwork__DataFolder itself: it would
    // win over the same variable in the person's own environment.
    private const string FolderFromSource = "BATCHWORK_DATA_FOLDER_FROM_SOURCE";

    private static readonly string[] s_addressSettings = ["urls", "http_ports", "https_ports"];

    public static void UseHostDefaults(this WebApplicationBuilder builder)
    {
        // Package styles and scripts of an unpublished app; a published one has no manifest and is not touched.
        builder.WebHost.UseStaticWebAssets();
        builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = options.ValidateOnBuild = true);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        UseDefaultFolder(builder.Configuration);
        if (!HasAddress(builder.Configuration))
        {
            builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, DefaultUrl);
        }

        builder.Logging.AddConsole(console => console.FormatterName = OneLineFormatter.FormatterName);
        builder.Logging.AddConsoleFormatter<OneLineFormatter, ConsoleFormatterOptions>();
        builder.Services.TryAddSingleton(Terminal.OfProcess());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
    }

    private static void UseDefaultFolder(ConfigurationManager configuration)
    {
        if (Environment.GetEnvironmentVariable(FolderFromSource) is { Length: > 0 } folder)
        {
            configuration.Sources.Insert(0, new MemoryConfigurationSource
            {
                InitialData = [new($"{EngineOptions.SectionName}:{nameof(EngineOptions.DataFolder)}", folder)],
            });
        }
    }

    private static bool HasAddress(ConfigurationManager configuration) =>
        s_addressSettings.Any(key => !string.IsNullOrEmpty(configuration[key])) || configuration.GetSection("Kestrel:Endpoints").Exists();
}
