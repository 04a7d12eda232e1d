using Batchwork.Tests.Recorded;

namespace Batchwork.Tests;

/// <summary>
/// The recorded behaviour of the published library: what was right must be the same, what was a defect must be better in the way that
/// <see cref="Decisions"/> says. <c>BATCHWORK_VECTORS</c> takes another folder of recordings.
/// </summary>
public sealed class VectorTests(VectorServer server) : IClassFixture<VectorServer>
{
    public static IEnumerable<TheoryDataRow<string>> Submits => VectorFiles.Names("submit");

    public static IEnumerable<TheoryDataRow<string>> Statuses => VectorFiles.Names("status");

    public static IEnumerable<TheoryDataRow<string>> Results => VectorFiles.Names("results");

    [Theory]
    [MemberData(nameof(Submits))]
    public Task Submit_Recorded_IsTheSameOrBetter(string name) => RunAsync("submit", name);

    [Theory]
    [MemberData(nameof(Statuses))]
    public Task Status_Recorded_IsTheSameOrBetter(string name) => RunAsync("status", name);

    [Theory]
    [MemberData(nameof(Results))]
    public Task Results_Recorded_AreTheSameOrBetter(string name) => RunAsync("results", name);

    private async Task RunAsync(string category, string name)
    {
        var vector = VectorFiles.Load(category, name);
        Assert.SkipWhen(vector.WhyNot is not null, vector.WhyNot ?? "");
        var decision = vector.Verdict == "improve" ? Decisions.Of(vector) : null;
        Assert.SkipWhen(
            vector.Verdict == "improve" && decision is null && Environment.GetEnvironmentVariable(VectorFiles.Variable) is not null,
            "A new kind of defect: what to do better is not decided yet.");

        var outcome = await VectorRunner.RunAsync(vector, server, TestContext.Current.CancellationToken);
        var difference = Recording.Difference(vector, outcome);
        if (vector.Verdict == "match")
        {
            Assert.True(difference is null, difference);
            return;
        }

        Assert.True(decision is not null, "No decision says what is better here.");
        decision.Check(outcome);

        var isBetter = difference is not null || outcome.Error is not null || outcome.Job is { Warnings.Count: > 0 } || decision.IsUnseen;
        Assert.True(isBetter, "It is the same as recorded.");
    }
}
