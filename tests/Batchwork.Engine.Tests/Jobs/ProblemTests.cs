using Batchwork.Engine.Collection;
using Batchwork.Engine.Jobs;
using Batchwork.Testing.Engine;
using Microsoft.EntityFrameworkCore;

namespace Batchwork.Engine.Tests.Jobs;

public sealed class ProblemTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Problems_OfAMixedJob_AreGroupedByCauseWithExamples()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).In(JobState.DoneWithProblems)
            .Rows(10, RowState.Stored)
            .Rows(2, RowState.Failed, outcome: ResultOutcome.Transient, code: "server_error", message: "The server had an error.")
            .Rows(5, RowState.Refused, outcome: ResultOutcome.Refused, code: "moderation_blocked", message: "Rejected by the safety system.")
            .Rows(3, RowState.Cancelled)
            .SaveAsync(Token);

        var problems = await engine.Get<JobQueries>().ProblemsAsync(engine.Owner, job, Token);

        Assert.Equal(7, problems.Rows);
        Assert.Collection(
            problems.Causes,
            refused =>
            {
                Assert.Equal((RowState.Refused, "moderation_blocked", 5, false), (refused.State, refused.Code, refused.Rows, refused.CanRetry));
                Assert.Equal([14, 15, 16], refused.Examples.Select(e => e.Number));
                Assert.Equal(TimeSpan.FromSeconds(4), refused.Last - refused.First);
            },
            failed => Assert.Equal((RowState.Failed, "server_error", 2, true), (failed.State, failed.Code, failed.Rows, failed.CanRetry)));
    }

    [Fact]
    public async Task Problems_UnmatchedResults_AreShownByKind()
    {
        await using var engine = await TestEngine.StartAsync(Token);
        var job = await new JobBuilder(engine).Rows(1, RowState.Stored).SaveAsync(Token);
        await using (var context = engine.CreateContext())
        {
            var part = await context.JobParts.SingleAsync(Token);
            for (var i = 0; i < 4; i++)
            {
                context.UnmatchedResults.Add(new UnmatchedResult
                {
                    Id = Guid.CreateVersion7(engine.Time.GetUtcNow()),
                    WorkspaceId = engine.WorkspaceId,
                    JobId = job,
                    PartId = part.Id,
                    Kind = UnmatchedKind.UnknownId,
                    CustomId = $"stranger-{i}",
                    Place = $"output:{i}",
                    Raw = new string('x', 5_000),
                    At = engine.Time.GetUtcNow(),
                });
            }

            await context.SaveChangesAsync(Token);
        }

        var group = Assert.Single((await engine.Get<JobQueries>().ProblemsAsync(engine.Owner, job, Token)).Unmatched);

        Assert.Equal((UnmatchedKind.UnknownId, 4, 3), (group.Kind, group.Count, group.Examples.Count));
        Assert.Equal(1_000, group.Examples[0].Raw!.Length);
        var all = await (await engine.Get<UnmatchedQueries>().FindAsync(engine.Owner, job, Token))!.ToListAsync(Token);
        Assert.Equal(["output:0", "output:1", "output:2", "output:3"], all.Select(u => u.Place).Order());
        Assert.All(all, u => Assert.Equal((1, 5_000), (u.Part, u.Raw!.Length)));
        Assert.Null(await engine.Get<UnmatchedQueries>().FindAsync(await engine.AddStrangerAsync(Token), job, Token));
    }

    [Theory]
    [InlineData("Contact us with the request ID req_0f3a9b1c2d4e.", "Contact us with the request ID req_77777777abcd.")]
    [InlineData("Trace 6f9619ff-8b86-d011-b42d-00cf4fc964ff failed", "Trace 11111111-2222-3333-4444-555555555555 failed")]
    [InlineData("ref 01hf3k9x2m4n6p8q0r2s4t6v8w", "ref 01hf3k9x2m4n6p8q0r2s4t6v9z")]
    public void WithoutIds_MessagesThatDifferInAnIdOnly_AreTheSame(string left, string right) =>
        Assert.Equal(ProblemMessage.WithoutIds(left), ProblemMessage.WithoutIds(right));

    [Theory]
    [InlineData("Size 1000x1000 is not offered", "Size 1024x9000 is not offered")]
    [InlineData("gpt-image-2 is overloaded", "gpt-image-1.5 is overloaded")]
    [InlineData("Refused: sexual", "Refused: violence")]
    public void WithoutIds_MessagesThatSayDifferentThings_StayApart(string left, string right) =>
        Assert.NotEqual(ProblemMessage.WithoutIds(left), ProblemMessage.WithoutIds(right));

    [Fact]
    public void Group_MessagesThatDifferInEveryRow_StaysBoundedAndCountsAll()
    {
        var grouper = new ProblemGrouper();
        for (var i = 0; i < 5_000; i++)
        {
            grouper.Add(new ProblemRow(RowState.Failed, ResultOutcome.Transient, null, $"Word{i}", null, i, $"id-{i}", "A prompt"));
        }

        var problems = grouper.Finish();

        Assert.Equal((50, 951, 5_000), (problems.Causes.Count, problems.MoreCauses, problems.Rows));
        Assert.Equal(4_000, problems.Causes[0].Rows);
    }
}
