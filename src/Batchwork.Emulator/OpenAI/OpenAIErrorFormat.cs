using Batchwork.Emulator.Serving;

namespace Batchwork.Emulator.OpenAI;

/// <summary>Errors that faults ask for.</summary>
internal sealed class OpenAIErrorFormat : IErrorFormat
{
    public Task WriteAsync(HttpContext context, int status, ErrorWords words) => OpenAIError.For(status, words).ExecuteAsync(context);
}
