namespace Batchwork.Emulator.Faults;

/// <summary>One way a call can go wrong.</summary>
internal interface IFault
{
    /// <summary>Lets the call go wrong; <see cref="FaultyCall.NextAsync"/> goes on with it, as far as it goes on.</summary>
    Task ApplyAsync(FaultyCall call);
}
