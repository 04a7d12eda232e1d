using Microsoft.JSInterop;

namespace Batchwork.Dashboard.Features.NewJob;

/// <summary>Lets go of a page's script.</summary>
internal static class ScriptModules
{
    /// <summary>Disposes a module. When the browser is gone already, there is nobody left to tell.</summary>
    /// <param name="module">The module, if it was loaded.</param>
    /// <returns>A task that ends when it is let go.</returns>
    public static async ValueTask LeaveAsync(this IJSObjectReference? module)
    {
        try
        {
            await (module?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception e) when (e is JSDisconnectedException or OperationCanceledException)
        {
            // The browser went away, or went silent and the call timed out: its module is gone with it.
        }
    }
}
