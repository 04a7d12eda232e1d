using System.IO.Enumeration;

namespace Batchwork.Emulator.Faults;

/// <summary>Which calls a rule is about.</summary>
internal sealed class CallPattern
{
    private readonly string? _method;
    private readonly string _name;

    public CallPattern(string pattern)
    {
        var parts = pattern.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        (_method, _name) = parts switch
        {
            [var method, var path] when path.StartsWith('/') => (method, path),
            [var name] when !name.Contains('/') => (null, name),
            [var path] when path.StartsWith('/') => ("*", path),
            _ => throw new FormatException(
                $"'{pattern}' is neither an operation (openai.batches.create) nor a method and a path (GET /openai/v1/files/*)."),
        };
    }

    public bool Matches(string operation, string method, string path) =>
        _method is null ? Fits(_name, operation) : Fits(_method, method) && Fits(_name, path);

    private static bool Fits(string pattern, string text) => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true);
}
