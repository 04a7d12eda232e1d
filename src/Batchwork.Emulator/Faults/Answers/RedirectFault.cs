namespace Batchwork.Emulator.Faults.Answers;

/// <summary>Sends the caller elsewhere, for example to <c>http://169.254.169.254/</c> (F37).</summary>
internal sealed class RedirectFault(string address) : IFault
{
    public Task ApplyAsync(FaultyCall call)
    {
        call.Context.Response.StatusCode = StatusCodes.Status302Found;
        call.Context.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
