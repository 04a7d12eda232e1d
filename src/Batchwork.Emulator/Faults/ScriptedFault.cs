namespace Batchwork.Emulator.Faults;

/// <summary>A rule in force.</summary>
/// <param name="Id">Its id, to take it back by.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Matched">Calls it matched so far.</param>
/// <param name="Applied">Calls it happened to so far.</param>
public sealed record ScriptedFault(string Id, FaultRule Rule, long Matched, long Applied);
