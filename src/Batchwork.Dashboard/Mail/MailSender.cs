using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Batchwork.Dashboard.Mail;

/// <summary>Sends letters over the mail server of the settings. What cannot be sent is told to whoever asked; nothing is tried again behind their back.</summary>
public sealed partial class MailSender(IOptions<MailOptions> options, TimeProvider time, ILogger<MailSender> logger)
{
    private const int Milliseconds = 20_000;

    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);

    private readonly MailOptions _options = options.Value;
    private readonly Queue<DateTimeOffset> _sent = new();

    /// <summary>Whether there is a mail server.</summary>
    public bool IsSet => _options.IsSet;

    /// <summary>The beginning of every link in a letter, without a slash at the end.</summary>
    public string PublicUrl => (_options.PublicUrl ?? string.Empty).TrimEnd('/');

    /// <summary>Sends letters, one after the other over one connection.</summary>
    /// <param name="letters">The letters.</param>
    /// <param name="cancellationToken">Stops before the next one.</param>
    /// <returns>Why a letter was not sent, for people, by its address; empty when all were.</returns>
    public async Task<IReadOnlyDictionary<string, string>> SendAsync(IReadOnlyList<Letter> letters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letters);
        if (!IsSet)
        {
            throw new InvalidOperationException("No mail server is set.");
        }

        var faults = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        using var client = new SmtpClient { Timeout = Milliseconds };
        try
        {
            await ConnectAsync(client, cancellationToken);
            foreach (var letter in letters)
            {
                if (await SendAsync(client, letter, cancellationToken) is { } fault)
                {
                    faults[letter.To] = fault;
                }
                else
                {
                    faults.Remove(letter.To);
                }
            }

            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (IsTrouble(e, cancellationToken))
        {
            LogTrouble(e);
            foreach (var letter in letters)
            {
                faults.TryAdd(letter.To, e is AuthenticationException ? "The mail server refused the user or the password." : "The mail server could not be reached.");
            }
        }

        return faults;
    }

    private async Task ConnectAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        var encryption = _options.Encryption switch
        {
            "Tls" => SecureSocketOptions.SslOnConnect,
            "None" => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
        await client.ConnectAsync(_options.Host!, _options.Port, encryption, cancellationToken);
        if (!string.IsNullOrEmpty(_options.User))
        {
            await client.AuthenticateAsync(_options.User, _options.Password ?? string.Empty, cancellationToken);
        }
    }

    private async Task<string?> SendAsync(SmtpClient client, Letter letter, CancellationToken cancellationToken)
    {
        if (!TakeFromQuota())
        {
            return $"More than {_options.MaxPerHour} letters in an hour are not sent. Hand over the link yourself, or try again later.";
        }

        using var message = new MimeMessage();
        message.From.Add(MailboxAddress.Parse(_options.From!));
        message.To.Add(new MailboxAddress(null, letter.To));
        message.Subject = letter.Subject;
        message.Date = time.GetUtcNow();
        message.Body = new TextPart("plain") { Text = letter.Text };
        // Machines that answer letters need not answer this one.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        try
        {
            await client.SendAsync(message, cancellationToken);
            return null;
        }
        catch (SmtpCommandException e)
        {
            LogTrouble(e);
            return "The mail server refused this address.";
        }
    }

    private bool TakeFromQuota()
    {
        var now = time.GetUtcNow();
        lock (_sent)
        {
            while (_sent.TryPeek(out var oldest) && now - oldest >= s_window)
            {
                _sent.Dequeue();
            }

            if (_sent.Count >= _options.MaxPerHour)
            {
                return false;
            }

            _sent.Enqueue(now);
            return true;
        }
    }

    private static bool IsTrouble(Exception e, CancellationToken cancellationToken) => e switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AuthenticationException or SslHandshakeException or ProtocolException or CommandException or ServiceNotConnectedException or ServiceNotAuthenticatedException => true,
        IOException or System.Net.Sockets.SocketException or TimeoutException or NotSupportedException => true,
        _ => false,
    };

    [LoggerMessage(6210, LogLevel.Warning, "A letter was not sent")]
    private partial void LogTrouble(Exception exception);
}
