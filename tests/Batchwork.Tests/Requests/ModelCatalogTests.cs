using Batchwork.Tests.OpenAI;

namespace Batchwork.Tests.Requests;

public sealed class ModelCatalogTests
{
    private static IReadOnlyList<ModelRules> Models => TestAdapter.Over().Models;

    [Fact]
    public void Models_All_HaveASourceAndADate()
    {
        Assert.NotEmpty(Models);
        Assert.All(Models, m => Assert.True(m.Source.Length > 0 && m.AsOf.Year == 2026, m.Id));
        Assert.All(Models.SelectMany(m => m.Prices), p => Assert.True(p.MicroUsd > 0 && p.Source.Length > 0 && p.AsOf.Year == 2026));
        Assert.All(Models, m => Assert.True(m.MaxN >= 1 && m.MaxPromptLength >= 1000 && m.Sizes.Count > 0, m.Id));
    }

    [Fact]
    public void Models_NamedSizes_KeepTheModelsOwnRule()
    {
        var problems =
            from model in Models
            from size in model.Sizes
            from problem in TestAdapter.Over().Check(EffectiveRequest.Merge(new ImageRequest { Prompt = "p", Size = size }, 0, null, "openai"), model.Id)
            select $"{model.Id} {size}: {problem.Message}";

        Assert.Empty(problems);
    }

    [Fact]
    public void Models_PricedQualitiesAndSizes_AreOffered() =>
        Assert.All(Models, m => Assert.All(m.Prices, p =>
        {
            Assert.Contains(p.Size, m.Sizes);
            Assert.Contains(p.Quality, m.Options.Single(o => o.Name == "quality").Values);
        }));

    [Theory]
    [InlineData("gpt-image-2", "gpt-image-2")]
    [InlineData("gpt-image-2-2026-04-21", "gpt-image-2")]
    [InlineData("gpt-image-2.5-flare-2026-09-08", "gpt-image-2.5-flare")]
    [InlineData("gpt-image-2-large", null)]
    [InlineData("GPT-image-2", null)]
    public void Find_NameOrSnapshot_FindsTheRules(string name, string? id) =>
        Assert.Equal(id, ModelCatalog.Load("openai", "OpenAI", new BatchworkOptions()).Find(name)?.Id);

    [Theory]
    [InlineData("gpt-5.5", true)]
    [InlineData("o3-pro", true)]
    [InlineData("text-embedding-3-large", true)]
    [InlineData("gpt-5-image", false)]
    [InlineData("gpt-image-9", false)]
    [InlineData("dall-e-3", false)]
    [InlineData("my-deployment", false)]
    public void MakesNoImages_Name_IsKnown(string name, bool without) =>
        Assert.Equal(without, ModelCatalog.Load("openai", "OpenAI", new BatchworkOptions()).MakesNoImages(name));

    [Fact]
    public void All_MoreProblemsThanAreKept_AreCounted()
    {
        var problems = new ProblemList(wholeBatch: true);
        for (var i = 0; i < 10_005; i++)
        {
            problems.Warn("w", $"r{i}", null, "m");
        }

        problems.Error("e", "last", null, "m");

        var all = problems.All();
        Assert.Equal(10_002, all.Count);
        Assert.Equal(2, all.Count(p => p.Code == "more-problems"));
        Assert.True(problems.HasErrors);
        Assert.Contains("5 more", all[^1].Message, StringComparison.Ordinal);
    }
}
