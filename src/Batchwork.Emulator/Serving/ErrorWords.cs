namespace Batchwork.Emulator.Serving;

/// <summary>What an error says, as far as it is laid down.</summary>
internal sealed record ErrorWords(string? Message = null, string? Type = null, string? Code = null, string? Param = null, int? Line = null)
{
    /// <summary>How long to wait, for providers that say so in the body: <c>31s</c>.</summary>
    public string? RetryDelay { get; init; }
}
