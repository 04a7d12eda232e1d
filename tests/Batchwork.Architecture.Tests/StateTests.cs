using Batchwork.Architecture.Tests.Reading;
using Batchwork.Architecture.Tests.Rules;

namespace Batchwork.Architecture.Tests;

public sealed class StateTests
{
    [Fact]
    public void StaticState_InThisRepository_DoesNotChange() => Findings.AreNone(StaticStateRules.NoStaticStateChanges(CodeBase.Product));

    [Fact]
    public void StaticState_MadeUp_IsCaught() => Findings.Are(
        StaticStateRules.NoStaticStateChanges(MadeUp.Code(("src/Batchwork/A.cs", """
            class A
            {
                static int s_count;
                static readonly List<string> s_names = [];
                static readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> s_cache = new();
                public static string? Current { get; set; }
                [ThreadStatic] static int s_thread;
                static event Action? Changed;
                internal static readonly byte[] Magic = [1];
                class Nested { static readonly System.Threading.AsyncLocal<int> s_scope = new(); }
                void M() { s_count++; s_thread++; Changed?.Invoke(); }
            }
            class Fine
            {
                const int Size = 3;
                static readonly string s_name = "x";
                static readonly string[] s_list = ["a"];
                static readonly IReadOnlyList<int> s_some = [1];
                static readonly System.Collections.Frozen.FrozenSet<int> s_set = System.Collections.Frozen.FrozenSet.ToFrozenSet([1]);
                public static int Answer { get; } = 42;
                Func<int, int> Twice => static x => x * 2;
                string M(int i) => i switch { 1 => s_name, 2 => s_list[0], 3 => s_some.ToString()!, _ => s_set.ToString()! };
            }
            """))),
        "A::s_count can be replaced",
        "A::s_names is a System.Collections.Generic.List`1",
        "A::s_cache is a System.Collections.Concurrent.ConcurrentDictionary`2",
        "A::<Current>k__BackingField can be replaced",
        "A::s_thread can be replaced",
        "A::Changed can be replaced",
        "A::Magic is an array",
        "A/Nested::s_scope is a System.Threading.AsyncLocal`1");

    [Fact]
    public void Time_InThisRepository_ComesFromTheClock() => Findings.AreNone(ClockRules.TimeComesFromTheClock(CodeBase.Product));

    [Fact]
    public void Time_MadeUpWithoutAClock_IsCaught() => Findings.Are(
        ClockRules.TimeComesFromTheClock(MadeUp.Code(("src/Batchwork/A.cs", """
            using System.Threading;
            class A
            {
                Guid Id() => Guid.CreateVersion7();
                string Tag() => Ulid.NewUlid().ToString();
                async Task Wait() => await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
                object Tick() => new PeriodicTimer(TimeSpan.FromSeconds(1));
                object Timer() => new Timer(_ => { });
            }
            class Fine(TimeProvider clock)
            {
                Guid Id() => Guid.CreateVersion7(clock.GetUtcNow());
                string Tag() => Ulid.NewUlid(clock.GetUtcNow()).ToString();
                async Task Wait() => await Task.Delay(TimeSpan.FromSeconds(1), clock, CancellationToken.None);
                object Tick() => new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
                object Timer() => clock.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.Zero);
            }
            """))),
        "System.Guid::CreateVersion7()",
        "System.Ulid::NewUlid()",
        "System.Threading.Tasks.Task::Delay(System.TimeSpan,System.Threading.CancellationToken)",
        "System.Threading.PeriodicTimer::.ctor(System.TimeSpan)",
        "System.Threading.Timer::.ctor");
}
