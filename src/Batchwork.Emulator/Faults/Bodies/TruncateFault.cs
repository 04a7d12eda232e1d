namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>
/// Ends the answer early as if that were all: the announced length is the short one (F21, F23). A negative number counts from the end.
/// </summary>
internal sealed class TruncateFault(long bytes) : IFault
{
    public Task ApplyAsync(FaultyCall call)
    {
        var (response, place) = (call.Context.Response, Math.Max(bytes, 0));
        response.OnStarting(() =>
        {
            if (response.ContentLength is { } length)
            {
                place = Math.Clamp(bytes < 0 ? length + bytes : bytes, 0, length);
                response.ContentLength = place;
            }

            return Task.CompletedTask;
        });

        // The length is known only when the answer begins, and the body must know it before its first byte.
        var body = new ShapedBody(response.Body, () => place, () => Task.CompletedTask);
        return Answer.ThroughAsync(call, new StartingBody(response, body));
    }
}
