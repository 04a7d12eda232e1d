namespace Batchwork.Emulator.Faults.Bodies;

/// <summary>Sends a header with another value; an empty value leaves it out (F20, F22, F40).</summary>
internal sealed class HeaderFault(string name, string value) : IFault
{
    public Task ApplyAsync(FaultyCall call)
    {
        var response = call.Context.Response;
        response.OnStarting(() =>
        {
            response.Headers.Remove(name);
            if (value.Length > 0)
            {
                response.Headers[name] = value;
            }

            return Task.CompletedTask;
        });
        return call.NextAsync();
    }
}
