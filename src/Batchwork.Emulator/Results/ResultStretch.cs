namespace Batchwork.Emulator.Results;

/// <summary>A stretch of the results of a batch, in places of its plan.</summary>
/// <param name="Done">Requests before this place ended by themselves, those from it on were never run.</param>
/// <param name="To">The place behind the last one.</param>
internal readonly record struct ResultStretch(int From, int Done, int To);
