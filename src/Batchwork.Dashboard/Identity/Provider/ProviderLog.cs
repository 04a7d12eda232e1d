namespace Batchwork.Dashboard.Identity.Provider;

internal static partial class ProviderLog
{
    [LoggerMessage(6400, LogLevel.Warning, "The sign-in provider's answer was not taken.")]
    public static partial void Failed(ILogger logger, Exception? exception);
}
