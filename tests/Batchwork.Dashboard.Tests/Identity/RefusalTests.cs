using System.Collections.Concurrent;
using System.Net;
using Batchwork.Dashboard.Tests.Hosting;
using Batchwork.Engine.Auditing;
using Batchwork.Engine.Restoring;
using Batchwork.Engine.Workspaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Batchwork.Dashboard.Tests.Identity;

/// <summary>Who got in stands in the audit log, who was refused in the log: with who, what and from where, and without what they typed.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private const string Eve = "eve@example.org";

    private readonly Lines _log = new();
    private readonly DashboardServer _server;

    public RefusalTests() => _server = new DashboardServer { Configure = services => services.AddSingleton<ILoggerProvider>(_log) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _server.SetUpAsync(Token);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task SignIn_ThatWorked_IsInTheAuditLogWithTheWay()
    {
        await _server.SignInAsync(Token);

        var log = await _server.Services.GetRequiredService<AuditQueries>().ListAllAsync(new Administrator("ana", "Ana"), new AuditFilter { Thing = "account" }, Token);
        var entry = Assert.Single(log.Items);
        Assert.Equal(("account.signed-in", "Ana Kovač", "Ana Kovač", "Password"), (entry.Action, entry.By, entry.Subject, entry.After));
    }

    [Theory]
    [InlineData(DashboardServer.Email, "wrong password", true)]
    [InlineData("nobody@example.org", "unknown address", false)]
    public async Task SignIn_ThatWasRefused_IsInTheLogWithoutWhatWasTyped(string email, string why, bool isKnown)
    {
        using var refused = await _server.Browser().SubmitAsync("/sign-in", "sign-in", Token, ("Form.Email", email), ("Form.Password", "typed by somebody 77"));

        var line = Assert.Single(_log.Of(6410));
        var account = isKnown ? (await _server.OwnerAsync(Token)).UserId : "(null)";
        Assert.StartsWith($"A sign-in was refused, {why}: account {account}, from ", line, StringComparison.Ordinal);
        Assert.DoesNotContain(_log.Of(6410), l => l.Contains("typed by", StringComparison.Ordinal) || l.Contains(email, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Account_LockedByWrongPasswords_IsInTheAuditLog()
    {
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await _server.Browser().SubmitAsync("/sign-in", "sign-in", Token, ("Form.Email", DashboardServer.Email), ("Form.Password", "whatever it may be"));
        }

        var log = await _server.Services.GetRequiredService<AuditQueries>().ListAllAsync(new Administrator("ana", "Ana"), new AuditFilter { Thing = "account" }, Token);
        Assert.Equal("account.locked-out", Assert.Single(log.Items).Action);
    }

    [Theory]
    [InlineData("/people", HttpStatusCode.Forbidden, "Refused with 403, not allowed: GET /people by ")]
    [InlineData("/w/studio?secret=1", HttpStatusCode.NotFound, "Refused with 404, no workspace of theirs: GET /w/studio by ")]
    public async Task Request_WithoutTheRight_IsInTheLogOnceWithWhoAndWithoutTheQuery(string address, HttpStatusCode status, string expected)
    {
        var id = await _server.AddPersonAsync(Eve, Token);
        var browser = await _server.SignInAsync(Token, Eve);

        using var answer = await browser.GetAsync(address, Token);

        Assert.Equal(status, answer.StatusCode);
        var line = Assert.Single(_log.Of(6302));
        Assert.StartsWith(expected + id, line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_ThatIsNotOurs_AndTriesWithoutEnd_AreInTheLog()
    {
        using var forged = await (await _server.SignInAsync(Token)).PostAsync("/sign-out", new FormUrlEncodedContent([]), Token);
        for (var i = 0; i <= Batchwork.Dashboard.Identity.SignInLimiter.TriesPerMinute; i++)
        {
            using var tried = await _server.Browser().SubmitAsync("/sign-in", "sign-in", Token, ("Form.Email", $"nobody{i}@example.org"), ("Form.Password", "whatever it may be"));
        }

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Contains(_log.Of(6302), l => l.StartsWith("Refused with 400, not a form of ours: POST /sign-out by ", StringComparison.Ordinal));
        Assert.Contains(_log.Of(6302), l => l.StartsWith("Refused with 429, too often: POST /sign-in by ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invitation_AcceptedWithAFormThatIsNotOurs_IsInTheLogWithoutTheLink()
    {
        var made = await _server.Services.GetRequiredService<InvitationService>().InviteAsync(await _server.OwnerAsync(Token), "bo@example.com", Role.Creator, Token);
        using var form = new FormUrlEncodedContent([new("_handler", "join"), new("Form.Name", "Eve")]);

        using var answer = await _server.Browser().PostAsync($"/join/{made.Links[0].Token}", form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var line = Assert.Single(_log.Of(6302));
        Assert.StartsWith("Refused with 400, not a form of ours: POST /join/{", line, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Links[0].Token, line, StringComparison.Ordinal);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(int Id, string Text)> _lines = new();

        public IReadOnlyList<string> Of(int id) => [.. _lines.Where(l => l.Id == id).Select(l => l.Text)];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue((eventId.Id, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
