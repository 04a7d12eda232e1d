using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.Google;

/// <summary>Errors that faults ask for.</summary>
internal sealed class GoogleErrorFormat : IErrorFormat
{
    public Task WriteAsync(HttpContext context, int status, ErrorWords words) => GoogleError.For(status, words).ExecuteAsync(context);
}
