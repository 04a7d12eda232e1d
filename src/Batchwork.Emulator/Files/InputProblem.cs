namespace Batchwork.Emulator.Files;

/// <summary>Why a batch fails before it begins.</summary>
internal sealed record InputProblem(string Code, string Message, string? Param, int? Line);
