using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Connections;
using Batchwork.Engine.Persistence;
using Batchwork.Testing.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Batchwork.Dashboard.Tests.Security;

/// <summary>Canaries go in as passwords, keys, cookies and form tokens; logs at their most talkative, pages, and the files of the data folder must not sing.</summary>
public sealed class SecretTests
{
    private const string Key = "sk-canary-51f0c2b79e864d3a";
    private const string Signed = "sig=canary-signature-93ab";
    private const string WrongPassword = "canary wrong password 4417";

    private static readonly string[] s_categories = ["Default", "Microsoft", "Microsoft.AspNetCore.DataProtection", "Microsoft.Hosting.Lifetime", "Quartz", "System", "Batchwork"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secrets_AtTheMostTalkativeLevel_AreInNoLogPageOrFile()
    {
        var log = new MemoryLog();
        var server = new DashboardServer { Configure = services => services.AddSingleton<ILoggerProvider>(log) };
        await using var _ = server;
        foreach (var category in s_categories)
        {
            server.Settings[$"Logging:LogLevel:{category}"] = "Trace";
        }

        await server.SetUpAsync(Token);
        using var wrong = await server.Browser().PostFormAsync("/sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", WrongPassword));
        var browser = server.Browser();
        using var signedIn = await browser.PostFormAsync("/sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", DashboardServer.Password));
        var cookies = signedIn.SetCookies().Select(c => c.Split(';')[0].Split('=', 2)[1]).Where(v => v.Length > 20).ToList();
        Assert.NotEmpty(cookies);
        server.Provider.Answer = request => StubProvider.Json(
            $$$"""{"error":{"message":"Incorrect API key provided: {{{Key}}}. See https://files.example/a.png?{{{Signed}}}","code":"invalid_api_key"}}""", HttpStatusCode.Unauthorized);
        var (test, pages) = await UseKeyAsync(server, browser);

        var secrets = new List<string> { Key, Signed, WrongPassword, DashboardServer.Password };
        secrets.AddRange(cookies);
        Assert.NotNull(test);
        Assert.Contains(log.Entries, e => e.Contains("Executing endpoint", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(log.Entries, e => e.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(pages, p => p.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, server.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Key, test.ToString(), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(server.DataFolder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "LOCK"))
        {
            var bytes = await ReadAsync(file);
            Assert.All((string[])[Key, DashboardServer.Password, WrongPassword], secret => Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret))));
        }
    }

    [Fact]
    public async Task SealedKey_MovedToAnotherConnectionOrWorkspace_DoesNotOpen()
    {
        await using var server = new DashboardServer();
        await server.SetUpAsync(Token);
        var sealer = server.Services.GetRequiredService<IKeySealer>();
        var (workspace, connection, other) = (Guid.Parse("0197a000-0000-7000-8000-000000000001"), Guid.Parse("0197a000-0000-7000-8000-000000000002"), Guid.Parse("0197a000-0000-7000-8000-000000000003"));
        var text = sealer.Seal(workspace, connection, Key);

        Assert.Equal(Key, sealer.Open(workspace, connection, text));
        Assert.Null(sealer.Open(workspace, other, text));
        Assert.Null(sealer.Open(other, connection, text));
        Assert.Null(sealer.Open(workspace, connection, text[..^2] + (text[^2] == 'A' ? "BB" : "AA")));
        Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
    }

    private static async Task<(ConnectionTest? Test, List<string> Pages)> UseKeyAsync(DashboardServer server, HttpClient browser)
    {
        var owner = await server.OwnerAsync(Token);
        var connections = server.Services.GetRequiredService<ConnectionService>();
        var edit = new ConnectionEdit { Provider = "openai", Label = "Canary", ApiKey = Key };
        var saved = await connections.AddAsync(owner, edit, Token);
        Assert.NotNull(saved.Id);
        var test = await connections.TestAsync(owner, saved.Id, edit with { ApiKey = null }, Token);
        var pages = new List<string>();
        foreach (var address in new[] { "/w/studio", "/w/studio/connections", $"/w/studio/connections/{saved.Id}", "/w/studio/system" })
        {
            pages.Add(await browser.GetStringAsync(address, Token));
        }

        var summary = (await server.Services.GetRequiredService<ConnectionQueries>().ListAsync(owner, Token)).Single(c => c.Label == "Canary");
        Assert.Equal(Key[^4..], summary.KeyEnding);
        await using var context = await server.Services.GetRequiredService<IDbContextFactory<EngineDbContext>>().CreateDbContextAsync(Token);
        Assert.NotNull(await context.Connections.Where(c => c.Label == "Canary").Select(c => c.SealedKey).SingleAsync(Token));
        pages.Add(summary.ToString());
        return (test, pages);
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Token);
        return bytes.ToArray();
    }

    private sealed class MemoryLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Entries { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Entries.Enqueue(state.ToString() ?? string.Empty);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Entries.Enqueue($"{formatter(state, exception)} {exception}");
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                foreach (var (name, value) in values)
                {
                    Entries.Enqueue($"{name}={value}");
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
