using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.XAI;

/// <summary>Errors that faults ask for.</summary>
internal sealed class XAIErrorFormat : IErrorFormat
{
    public Task WriteAsync(HttpContext context, int status, ErrorWords words) => XAIError.For(status, words).ExecuteAsync(context);
}
