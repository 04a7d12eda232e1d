using System.Text.Json.Nodes;

namespace Batchwork.Tests.Requests;

public sealed class EffectiveRequestTests
{
    private static readonly ImageDefaults s_defaults = new()
    {
        N = 2,
        Size = "1024x1024",
        AspectRatio = "1:1",
        Seed = 7,
        ProviderOptions = Options("""{ "quality": "low", "user": "team" }"""),
    };

    [Fact]
    public void Merge_RowAndDefault_RowWinsAndTellsItsOrigin()
    {
        var request = Merge(new ImageRequest { Prompt = "p", N = 3, Size = "auto", AspectRatio = "16:9", Seed = 0 });

        Assert.Equal(new EffectiveValue<int>(3, ValueOrigin.Row), request.N);
        Assert.Equal(new EffectiveValue<string>("auto", ValueOrigin.Row), request.Size);
        Assert.Equal(new EffectiveValue<string>("16:9", ValueOrigin.Row), request.AspectRatio);
        Assert.Equal(new EffectiveValue<long>(0, ValueOrigin.Row), request.Seed);
    }

    [Fact]
    public void Merge_GroupsOfOptions_MergeKeyByKey()
    {
        var defaults = new ImageDefaults { ProviderOptions = Options("""{ "imageConfig": { "imageSize": "4K", "x": { "a": 1, "b": 2 } }, "list": [1] }""") };
        var row = new ImageRequest { Prompt = "p", ProviderOptions = Options("""{ "imageConfig": { "aspectRatio": "1:1", "x": { "a": 3, "b": null } }, "list": [2] }""") };

        var options = EffectiveRequest.Merge(row, 0, defaults, "openai").Options;

        Assert.Equal("""{"imageSize":"4K","x":{"a":3},"aspectRatio":"1:1"}""", options["imageConfig"].Value!.ToJsonString());
        Assert.Equal("[2]", options["list"].Value!.ToJsonString());
        Assert.Equal("""{"imageSize":"4K","x":{"a":1,"b":2}}""", defaults.ProviderOptions!["openai"]["imageConfig"]!.ToJsonString());
    }

    [Fact]
    public void CostMicroUsd_TextThatCostsLess_IsPricedAsText()
    {
        var prices = new TokenPrices(0, 0, 15_000_000, "s", default, TextOutput: 3_750_000);

        Assert.Equal((1000 * 15) + 375, prices.CostMicroUsd(new BatchUsage { OutputTokens = 1100, OutputImageTokens = 1000, OutputTextTokens = 100 }));
        Assert.Equal(1100 * 15, prices.CostMicroUsd(new BatchUsage { OutputTokens = 1100 }));
    }

    [Fact]
    public void Merge_NothingSet_ClientSendsOneAndTheProviderChoosesTheRest()
    {
        var request = EffectiveRequest.Merge(new ImageRequest { Prompt = "p" }, 0, null, "openai");

        Assert.Equal(new EffectiveValue<int>(1, ValueOrigin.Client), request.N);
        Assert.False(request.Size.IsSent);
        Assert.False(request.Seed.IsSent);
        Assert.Empty(request.Options);
    }

    [Fact]
    public void Merge_EmptyTexts_AreNotSet()
    {
        var request = Merge(new ImageRequest { CustomId = "", Prompt = "p", Size = "", AspectRatio = "" });

        Assert.Equal("request-4", request.CustomId);
        Assert.Equal(new EffectiveValue<string>("1024x1024", ValueOrigin.Default), request.Size);
        Assert.Equal(new EffectiveValue<string>("1:1", ValueOrigin.Default), request.AspectRatio);
    }

    [Fact]
    public void Merge_Options_KeyByKeyWithTheirOrigins()
    {
        var request = Merge(new ImageRequest { Prompt = "p", ProviderOptions = Options("""{ "quality": "high" }""") });

        Assert.Equal(("high", ValueOrigin.Row), ((string?)request.Options["quality"].Value, request.Options["quality"].Origin));
        Assert.Equal(("team", ValueOrigin.Default), ((string?)request.Options["user"].Value, request.Options["user"].Origin));
    }

    [Fact]
    public void Merge_NullOption_TakesTheDefaultAway()
    {
        var request = Merge(new ImageRequest { Prompt = "p", ProviderOptions = Options("""{ "quality": null }""") });

        Assert.Equal(["user"], request.Options.Keys);
    }

    [Fact]
    public void Merge_OptionsOfOtherProviders_AreNotThere()
    {
        var options = new Dictionary<string, JsonObject> { ["xai"] = new() { ["quality"] = "low" } };

        Assert.Empty(EffectiveRequest.Merge(new ImageRequest { Prompt = "p", ProviderOptions = options }, 0, null, "openai").Options);
    }

    [Fact]
    public void MergeAll_AutomaticIdIsTakenBefore_GetsAFreshOne()
    {
        ImageRequest[] requests = [new() { CustomId = "request-1", Prompt = "a" }, new() { Prompt = "b" }, new() { CustomId = "request-1-2", Prompt = "c" }];

        var ids = EffectiveRequest.MergeAll(requests, null, "openai").Select(r => r.CustomId);

        Assert.Equal(["request-1", "request-1-3", "request-1-2"], ids);
    }

    [Fact]
    public void Assign_GivenIdIsTaken_IsADuplicateAndStaysAsItIs()
    {
        ImageRequest[] requests = [new() { Prompt = "a" }, new() { CustomId = "request-0", Prompt = "b" }, new() { CustomId = "x", Prompt = "c" }, new() { CustomId = "x", Prompt = "d" }];

        var assigned = RequestIds.Assign(requests);

        Assert.Equal(["request-0", "request-0", "x", "x"], assigned.Ids);
        Assert.Equal([new RequestIds.Duplicate("request-0", 0, 1), new RequestIds.Duplicate("x", 2, 3)], assigned.Duplicates);
    }

    private static EffectiveRequest Merge(ImageRequest request) => EffectiveRequest.Merge(request, 4, s_defaults, "openai");

    private static Dictionary<string, JsonObject> Options(string json) => new() { ["openai"] = JsonNode.Parse(json)!.AsObject() };
}
