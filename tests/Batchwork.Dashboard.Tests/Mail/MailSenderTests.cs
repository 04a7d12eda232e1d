using Batchwork.Dashboard.Mail;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Batchwork.Dashboard.Tests.Mail;

public sealed class MailSenderTests : IAsyncLifetime
{
    private readonly SmallMailServer _server = new();
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Send_ManyLetters_SendsThemOverOneConnection()
    {
        var faults = await Sender().SendAsync([new Letter("bo@example.com", "Čau", "Ein Gruß"), new Letter("cleo@example.com", "Hi", "Hello")], Token);

        Assert.Empty(faults);
        Assert.Equal(["bo@example.com", "cleo@example.com"], _server.Letters.Select(l => l.To));
        Assert.Equal(1, _server.Connections);
        var letter = await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(_server.Letters.First().Text)), Token);
        Assert.Equal("Čau", letter.Subject);
        Assert.Equal("Ein Gruß", letter.TextBody!.Trim());
        Assert.Equal("batchwork@example.com", letter.From.Mailboxes.Single().Address);
        Assert.Equal("auto-generated", letter.Headers["Auto-Submitted"]);
    }

    [Fact]
    public async Task Send_SubjectWithALineBreak_AddsNoHeader()
    {
        await Sender().SendAsync([new Letter("bo@example.com", "Hi\r\nBcc: eve@example.com", "Hello")], Token);

        var letter = await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(_server.Letters.Single().Text)), Token);
        Assert.Empty(letter.Bcc);
        Assert.Null(letter.Headers[HeaderId.Bcc]);
    }

    [Fact]
    public async Task Send_ToARefusedAddress_SendsTheOthersAndSaysSo()
    {
        _server.Refused.Add("bo@example.com");

        var faults = await Sender().SendAsync([new Letter("bo@example.com", "Hi", "Hello"), new Letter("cleo@example.com", "Hi", "Hello")], Token);

        Assert.Equal("bo@example.com", Assert.Single(faults).Key);
        Assert.Equal("cleo@example.com", Assert.Single(_server.Letters).To);
    }

    [Fact]
    public async Task Send_WithoutAServer_SaysSoForEachLetter()
    {
        var port = _server.Port;
        await _server.DisposeAsync();

        var faults = await Sender(port).SendAsync([new Letter("bo@example.com", "Hi", "Hello")], Token);

        Assert.Equal("The mail server could not be reached.", faults["bo@example.com"]);
    }

    [Fact]
    public async Task Send_MoreThanTheQuota_StopsUntilTheHourIsOver()
    {
        var sender = Sender(maxPerHour: 2);
        var letters = Enumerable.Range(0, 3).Select(i => new Letter($"p{i}@example.com", "Hi", "Hello")).ToList();

        Assert.Equal("p2@example.com", Assert.Single(await sender.SendAsync(letters, Token)).Key);
        Assert.Equal(2, _server.Letters.Count);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await sender.SendAsync([letters[2]], Token));
    }

    private MailSender Sender(int? port = null, int maxPerHour = 100) => new(
        Options.Create(new MailOptions
        {
            Host = "127.0.0.1",
            Port = port ?? _server.Port,
            Encryption = "None",
            From = "Batchwork <batchwork@example.com>",
            PublicUrl = "https://batchwork.example.com/",
            MaxPerHour = maxPerHour,
        }),
        _time,
        NullLogger<MailSender>.Instance);
}
