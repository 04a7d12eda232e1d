using System.Net.Sockets;
using Batchwork.Dashboard.Configuration;
using Batchwork.Engine.Hosting;
using Batchwork.Engine.Persistence;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Batchwork.Dashboard.Hosting;

/// <summary>Turns what commonly keeps the program from starting into a sentence. Everything else is a fault of ours and keeps its stack trace.</summary>
internal static class StartFailure
{
    public static string? Explain(Exception exception) => exception switch
    {
        DataFolderInUseException or NewerDatabaseException => exception.Message,
        OptionsValidationException e => SettingsCheck.Explain([.. e.Failures]),
        IOException { InnerException: AddressInUseException } e => $"Batchwork cannot start: {e.Message} Stop the other program, or choose another address with --urls.",
        SocketException e => $"Batchwork cannot start: {e.Message} Check --urls.",
        UnauthorizedAccessException e => $"Batchwork cannot start: {e.Message} Check who owns the data folder.",
        _ => null,
    };
}
