using System.Text.Json.Nodes;
using Batchwork.Engine.Drafts;
using Batchwork.Engine.Drafts.Checking;

namespace Batchwork.Engine.Tests.Drafts;

/// <summary>Options in groups: one field for a person, one object on the wire.</summary>
public sealed class OptionPathTests
{
    private static readonly ModelRules s_rules = new()
    {
        Id = "picture-1",
        DisplayName = "Picture 1",
        Source = "This test",
        AsOf = new DateOnly(2026, 11, 1),
        Options =
        [
            new OptionRule("thinkingConfig", [], Kind: OptionKind.Group),
            new OptionRule("thinkingConfig.thinkingLevel", ["low", "high"]),
            new OptionRule("safetySettings", []),
            new OptionRule("safetySettings.threshold", ["OFF"]),
            new OptionRule("serviceTier", [], Kind: OptionKind.Text),
            new OptionRule("tools", []),
        ],
    };

    [Fact]
    public void Fields_GroupsAndLists_HaveNoFieldOfTheirOwn() =>
        Assert.Equal(["thinkingConfig.thinkingLevel", "serviceTier"], OptionPath.Fields(s_rules).Select(o => o.Name));

    [Fact]
    public void Set_OptionOfAGroup_StandsInItBesideOthers()
    {
        var options = new JsonObject { ["thinkingConfig"] = new JsonObject { ["includeThoughts"] = false } };

        OptionPath.Set(options, "thinkingConfig.thinkingLevel", "high");

        Assert.Equal("""{"thinkingConfig":{"includeThoughts":false,"thinkingLevel":"high"}}""", options.ToJsonString());
    }

    [Fact]
    public void Settings_WithAnOptionOfAGroup_ComeBackAsTheyWere()
    {
        var settings = new DraftSettings { Name = "Job" }.WithOption("thinkingConfig.thinkingLevel", "HIGH").WithOption("serviceTier", "7");

        var defaults = DefaultsMapping.ToDefaults(settings, "google", s_rules);

        Assert.Equal("""{"serviceTier":"7","thinkingConfig":{"thinkingLevel":"high"}}""", defaults.ProviderOptions!["google"].ToJsonString());
        var again = OptionPath.Flatten(defaults.ProviderOptions["google"]).ToDictionary(o => o.Name, o => o.Value!.ToString());
        Assert.Equal("high", again["thinkingConfig.thinkingLevel"]);
    }

    [Fact]
    public void Find_OptionOfAGroup_HasTheOriginOfItsGroup()
    {
        var defaults = new ImageDefaults { ProviderOptions = new Dictionary<string, JsonObject> { ["google"] = new() { ["thinkingConfig"] = new JsonObject { ["thinkingLevel"] = "low" } } } };
        var request = EffectiveRequest.Merge(new ImageRequest { Prompt = "A fox" }, 0, defaults, "google");

        Assert.Equal(("low", ValueOrigin.Default), (OptionPath.Find(request, "thinkingConfig.thinkingLevel")?.Value?.ToString(), OptionPath.Find(request, "thinkingConfig.thinkingLevel")?.Origin));
        Assert.Null(OptionPath.Find(request, "thinkingConfig.thinkingBudget"));
        Assert.Null(OptionPath.Find(request, "serviceTier"));
    }
}
