using System.Collections.Immutable;
using Batchwork.Dashboard.Shared;
using Batchwork.Engine.Restoring;

namespace Batchwork.Dashboard.Features.Operations;

/// <summary>An answer to the question what this installation is, with what follows from it.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Title">When it is the right one.</param>
/// <param name="Consequences">What follows.</param>
/// <param name="Button">The answer as a button.</param>
internal sealed record SafeModeChoice(SafeModeAnswer Answer, string Title, ImmutableArray<string> Consequences, string Button)
{
    public static ImmutableArray<SafeModeChoice> All { get; } =
    [
        new(
            SafeModeAnswer.Restored,
            "A restored backup, and the original is gone",
            [
                "It takes the original's place and keeps its name.",
                "Batches that were sent after the backup was made stay at the provider: they are charged, and their pictures are not brought here.",
                "The original must never be started again.",
            ],
            "It is the restored backup"),
        new(
            SafeModeAnswer.Copy,
            "A copy, and the original goes on",
            [
                "It gets a name of its own, so that neither takes the other's batches for its own.",
                "Jobs that were running when it was copied are looked after by both. Delete them here if the original is to finish them.",
                "What waits here to be sent will be sent by both, and paid for twice.",
            ],
            "It is a copy"),
    ];

    /// <summary>The question before the answer counts.</summary>
    /// <param name="view">Safe mode as it is.</param>
    /// <param name="unsent">What will be sent.</param>
    /// <returns>The question.</returns>
    public Confirmation Question(SafeModeView view, UnsentWork unsent)
    {
        var known = view.UnknownBatches.Count switch
        {
            0 => null,
            1 => "The batch that was found counts as known from then on.",
            var n => $"The {Figures.Number(n)} batches that were found count as known from then on.",
        };
        var sent = unsent.Requests == 0
            ? "Nothing waits to be sent at the moment."
            : $"{Figures.Count(unsent.Requests, "request")} of {Figures.Count(unsent.Jobs, "job")} wait and are sent at once. If some of them may have been sent before, cancel their jobs first: they would be paid for again.";
        return new Confirmation($"{Button}: end safe mode?", [.. Consequences, .. known is null ? Array.Empty<string>() : [known], sent], "End safe mode", "Stay in safe mode");
    }
}
