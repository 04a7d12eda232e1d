using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Batchwork.Dashboard.Hosting;

/// <summary>
/// Writes each log entry as one line, whatever is in it. The framework's own single-line formatter lets carriage returns and escape sequences through,
/// with which a provider's error or a file's name could forge entries and repaint the terminal of whoever reads the log.
/// </summary>
internal sealed class OneLineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "one-line";

    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss zzz";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var line = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"{time.GetLocalNow().ToString(TimeFormat, CultureInfo.InvariantCulture)} {Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] {message}");
        if (logEntry.Exception is not null)
        {
            line.Append(' ').Append(logEntry.Exception);
        }

        textWriter.WriteLine(OneLine(line.ToString()));
    }

    /// <summary>Makes a text one line of visible characters.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text; line breaks become spaces, other control characters and those that turn the direction of writing are written as their code.</returns>
    internal static string OneLine(string text)
    {
        if (!text.Any(IsUnfit))
        {
            return text;
        }

        var line = new StringBuilder(text.Length + 16);
        foreach (var c in text.Replace("\r\n", "\n", StringComparison.Ordinal))
        {
            _ = c == '\n' ? line.Append(' ')
                : IsUnfit(c) ? line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
                : line.Append(c);
        }

        return line.ToString();
    }

    private static bool IsUnfit(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
