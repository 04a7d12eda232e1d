namespace Batchwork.Dashboard.Identity;

/// <summary>Notes what happens to accounts in the log.</summary>
internal sealed partial class LoggedAccountEvents(ILogger<LoggedAccountEvents> logger) : IAccountEvents
{
    public Task WriteAsync(string what, string accountId, string accountName, string? by, CancellationToken cancellationToken)
    {
        LogEvent(what, accountId, by ?? "nobody");
        return Task.CompletedTask;
    }

    [LoggerMessage(6300, LogLevel.Information, "{What}: account {Account}, by {By}")]
    private partial void LogEvent(string what, string account, string by);
}
