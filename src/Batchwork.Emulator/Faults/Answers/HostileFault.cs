using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.Faults.Answers;

/// <summary>
/// An error in the provider's shape whose words are an attack: markup, a script, colours for a terminal, the caller's own key (F55).
/// </summary>
/// <param name="size">How long the message is at least.</param>
internal sealed class HostileFault(int status, long size) : IFault
{
    public Task ApplyAsync(FaultyCall call)
    {
        var headers = call.Context.Request.Headers;
        var key = headers.Authorization is [{ Length: > 0 } bearer] ? bearer : headers["x-goog-api-key"].ToString();
        var message = $"<b>Wrong</b><script>alert(1)</script>\u001b[31m\u202ered\u001b[0m, key was {key} ";
        return call.Operation.Errors.WriteAsync(
            call.Context, status, new ErrorWords(message.PadRight((int)Math.Clamp(size, message.Length, 1 << 28), 'x')));
    }
}
