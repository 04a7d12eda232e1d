namespace Batchwork.Emulator;

/// <summary>The emulator as a program of its own.</summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddEmulator(settings =>
        {
            builder.Configuration.GetSection(EmulatorSettings.SectionName).Bind(settings);
            settings.StateFolder = builder.Configuration["state"] ?? settings.StateFolder;
        });

        var app = builder.Build();
        if (app.Urls.Count == 0 && builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            app.Urls.Add("http://127.0.0.1:5090");
        }

        app.MapEmulator();
        await app.RunAsync();
    }
}
