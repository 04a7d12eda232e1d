namespace Batchwork.Emulator.Serving;

/// <summary>What an error says, as far as it is laid down.</summary>
internal sealed record ErrorWords(string? Message = null, string? Type = null, string? Code = null, string? Param = null, int? Line = null);
