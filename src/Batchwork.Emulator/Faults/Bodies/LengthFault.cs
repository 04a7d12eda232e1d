namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>Announces more bytes than there are and cuts the connection after the last, or announces no length at all (F21).</summary>
/// <param name="more">How many more; null for no length.</param>
internal sealed class LengthFault(long? more) : IFault
{
    public async Task ApplyAsync(FaultyCall call)
    {
        var response = call.Context.Response;
        response.OnStarting(() =>
        {
            response.ContentLength = more is null ? null : response.ContentLength + more;
            return Task.CompletedTask;
        });
        await call.NextAsync();
        if (more > 0)
        {
            await response.Body.FlushAsync(call.Aborted);
            throw new CutException();
        }
    }
}
