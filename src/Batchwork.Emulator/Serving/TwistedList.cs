using Batchwork.Emulator.Faults;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Serving;

/// <summary>A list as it is shown, right or wrong (F17), whatever its pages look like on the wire.</summary>
internal static class TwistedList
{
    public static ListTwist Of(HttpContext context) => context.Features.Get<RequestTwists>()?.List ?? ListTwist.None;

    public static IReadOnlyList<T> Order<T>(IReadOnlyList<T> all, ListTwist twist) => twist == ListTwist.Shuffle ? Shuffled(all) : all;

    /// <summary>Where the page begins that should begin at <paramref name="next"/>.</summary>
    public static int Start(int next, ListTwist twist) => twist switch
    {
        ListTwist.Loop => 0,
        ListTwist.Repeat => Math.Max(0, next - 1),
        ListTwist.Skip when next > 0 => next + 1,
        _ => next,
    };

    /// <summary>Whether another page is announced behind one that ends at <paramref name="end"/>.</summary>
    public static bool GoesOn(int end, int count, ListTwist twist) => twist == ListTwist.Loop || end < count;

    private static T[] Shuffled<T>(IReadOnlyList<T> all)
    {
        T[] shuffled = [.. all];
        new SeededRandom((ulong)all.Count).Shuffle<T>(shuffled);
        return shuffled;
    }
}
