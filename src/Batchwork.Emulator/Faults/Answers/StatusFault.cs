using Batchwork.Emulator.Serving;
using Microsoft.Extensions.Primitives;

namespace Batchwork.Emulator.Faults.Answers;

/// <summary>
/// Answers with a status and the provider's own error shape. <c>message</c>, <c>type</c>, <c>code</c>, <c>param</c>, <c>line</c> and
/// <c>retry-delay</c> change its words; every other option becomes a header, sent as it is written (F01–F03, F06–F13).
/// </summary>
internal sealed class StatusFault(int status, IReadOnlyDictionary<string, string> options) : IFault
{
    private static readonly string[] s_words = ["message", "type", "code", "param", "line", "retry-delay"];

    public Task ApplyAsync(FaultyCall call)
    {
        foreach (var (name, value) in options.Where(option => !s_words.Contains(option.Key)))
        {
            call.Context.Response.Headers[name] = new StringValues(value);
        }

        var words = new ErrorWords(
            options.GetValueOrDefault("message"),
            options.GetValueOrDefault("type"),
            options.GetValueOrDefault("code"),
            options.GetValueOrDefault("param"),
            int.TryParse(options.GetValueOrDefault("line"), out var line) ? line : null)
        {
            RetryDelay = options.GetValueOrDefault("retry-delay"),
        };
        return call.Operation.Errors.WriteAsync(call.Context, status, words);
    }
}
