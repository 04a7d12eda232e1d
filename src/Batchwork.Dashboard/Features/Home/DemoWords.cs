using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Onboarding;

namespace Batchwork.Dashboard.Features.Home;

/// <summary>What is asked before the demo's data is deleted, and what is said after, with true numbers.</summary>
internal static class DemoWords
{
    /// <summary>The question.</summary>
    /// <param name="demo">What would be removed.</param>
    /// <returns>The question.</returns>
    public static Confirmation Ask(DemoData demo)
    {
        ArgumentNullException.ThrowIfNull(demo);
        var texts = new List<string> { $"{What(demo)} leave this workspace now and the disk within a day. This cannot be taken back." };
        if (demo.Running > 0)
        {
            texts.Add($"{Figures.Count(demo.Running, "of these jobs", "of these jobs")} still {(demo.Running == 1 ? "runs and is" : "run and are")} stopped.");
        }

        texts.Add(demo.Connections > 0
            ? "The demo connections go too. “Try the demo sheet” brings them back."
            : "The demo connections stay until you connect an account of your own, so that this workspace can make something.");
        return new Confirmation("Delete the demo data?", texts, $"Delete {Figures.Count(demo.Jobs, "job")} and {Figures.Count(demo.Drafts, "draft")}", "Keep it");
    }

    /// <summary>What was done.</summary>
    /// <param name="demo">What was removed.</param>
    /// <returns>A sentence.</returns>
    public static string Done(DemoData demo)
    {
        ArgumentNullException.ThrowIfNull(demo);
        return $"Deleted {What(demo)}.";
    }

    private static string What(DemoData demo) =>
        $"{Figures.Count(demo.Jobs, "demo job")} with {Figures.Count(demo.Pictures, "picture")} and {Figures.Count(demo.Drafts, "draft")}";
}
