using Batchwork.Architecture.Tests.Reading;
using Mono.Cecil;

namespace Batchwork.Architecture.Tests.Rules;

/// <summary>
/// What BannedSymbols.txt cannot say: a call is fine with a clock and wrong without. Time, and ids that carry a time, come from the
/// injected <see cref="TimeProvider"/>, so that a test can turn the clock.
/// </summary>
internal static class ClockRules
{
    public static IEnumerable<string> TimeComesFromTheClock(CodeBase code) =>
        from use in code.Uses
        where use.Called is { } called && IsWithoutClock(called)
        select $"{use.From.FullName} calls {use.Called!.FullName}, which takes no clock.";

    private static bool IsWithoutClock(MethodReference called) => (called.DeclaringType.FullName, called.Name) switch
    {
        ("System.Guid", "CreateVersion7") => called.Parameters.Count == 0,
        ("System.Ulid", "NewUlid") => !called.Parameters.Any(parameter => parameter.ParameterType.FullName is "System.DateTimeOffset"),
        ("System.Threading.Tasks.Task", "Delay") => !TakesClock(called),
        ("System.Threading.PeriodicTimer", ".ctor") => !TakesClock(called),
        ("System.Threading.Timer" or "System.Timers.Timer", ".ctor") => true,
        _ => false,
    };

    private static bool TakesClock(MethodReference called) =>
        called.Parameters.Any(parameter => parameter.ParameterType.FullName == "System.TimeProvider");
}
