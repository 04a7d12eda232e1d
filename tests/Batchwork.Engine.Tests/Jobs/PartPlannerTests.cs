using Batchwork.Engine.Jobs;

namespace Batchwork.Engine.Tests.Jobs;

public sealed class PartPlannerTests
{
    [Theory]
    [InlineData(50_000, 1)]
    [InlineData(50_001, 2)]
    [InlineData(120_000, 3)]
    public void Add_SmallRows_CutsAtTheRequestBound(int rows, int parts)
    {
        var planner = new PartPlanner(50_000, long.MaxValue);
        for (var i = 0; i < rows; i++)
        {
            planner.Add(1);
        }

        Assert.Equal(parts, planner.Parts);
    }

    [Fact]
    public void Add_RandomSizes_NeverPassesABoundAndKeepsTheOrder()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var (maxRequests, maxBytes) = (random.Next(1, 20), random.Next(100, 1_000));
            var planner = new PartPlanner(maxRequests, maxBytes);
            var placed = Enumerable.Range(0, 500).Select(_ => random.Next(1, 100)).Select(bytes => (Part: planner.Add(bytes), Bytes: bytes)).ToList();

            Assert.Equal(placed.Select(p => p.Part).Order(), placed.Select(p => p.Part));
            Assert.Equal(Enumerable.Range(1, planner.Parts), placed.Select(p => p.Part).Distinct());
            Assert.All(placed.GroupBy(p => p.Part), part =>
            {
                Assert.InRange(part.Count(), 1, maxRequests);
                Assert.InRange(part.Sum(p => p.Bytes), 1, maxBytes);
            });
        }
    }

    [Fact]
    public void AtMost_AnyText_IsNotLessThanTheJson()
    {
        var request = EffectiveRequest.Merge(
            new ImageRequest { CustomId = "id \"1\"", Prompt = "<&'\"> naïve 🚲 \u0007 prompt", Size = "1024x1024" }, 0, null, "openai");
        var line = System.Text.Json.JsonSerializer.Serialize(new
        {
            custom_id = request.CustomId,
            method = "POST",
            url = "/v1/images/generations",
            body = new { model = "gpt-image-2.5-sunburst-2026-09-08", prompt = request.Prompt, n = 10, size = request.Size.Value },
        });

        Assert.True(RequestSize.AtMost(request) >= System.Text.Encoding.UTF8.GetByteCount(line) + 1);
    }
}
