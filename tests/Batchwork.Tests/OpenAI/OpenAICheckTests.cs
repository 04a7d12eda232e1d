namespace Batchwork.Tests.OpenAI;

public sealed class OpenAICheckTests
{
    [Theory]
    [InlineData("""{ "quality": "ultra" }""", "option-value-unknown", ProblemSeverity.Error)]
    [InlineData("""{ "quality": "HIGH" }""", "option-value-unknown", ProblemSeverity.Error)]
    [InlineData("""{ "quality": "xhigh" }""", "option-value-not-offered", ProblemSeverity.Warning)]
    [InlineData("""{ "quality": 3 }""", "option-value-type", ProblemSeverity.Error)]
    [InlineData("""{ "outputFormat": "avif" }""", "option-value-unknown", ProblemSeverity.Error)]
    [InlineData("""{ "outputFormat": "jpeg", "outputCompression": 101 }""", "option-out-of-range", ProblemSeverity.Error)]
    [InlineData("""{ "outputFormat": "jpeg", "outputCompression": -1 }""", "option-out-of-range", ProblemSeverity.Error)]
    [InlineData("""{ "outputFormat": "jpeg", "outputCompression": 50.5 }""", "option-value-type", ProblemSeverity.Error)]
    [InlineData("""{ "outputCompression": 50 }""", "option-conflict", ProblemSeverity.Warning)]
    [InlineData("""{ "background": "transparent", "outputFormat": "jpeg" }""", "option-conflict", ProblemSeverity.Warning)]
    [InlineData("""{ "user": 42 }""", "option-value-type", ProblemSeverity.Error)]
    [InlineData("""{ "style": "vivid" }""", "option-not-taken", ProblemSeverity.Warning)]
    [InlineData("""{ "brightness": 1 }""", "option-unknown", ProblemSeverity.Warning)]
    [InlineData("""{ "stream": true }""", "option-reserved", ProblemSeverity.Warning)]
    [InlineData("""{ "user": "\ud83d" }""", "text-not-unicode", ProblemSeverity.Error)]
    public void Check_Option_IsOneProblem(string options, string code, ProblemSeverity severity)
    {
        var problem = Assert.Single(Check(TestAdapter.Request(options)));

        Assert.Equal((code, severity, "a"), (problem.Code, problem.Severity, problem.CustomId));
        Assert.StartsWith("providerOptions.openai.", problem.Field, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "quality": "high", "background": "opaque", "outputFormat": "webp", "outputCompression": 0, "moderation": "low", "user": "u" }""")]
    [InlineData("""{ "output_format": "jpeg", "output_compression": 100, "safety_identifier": "s" }""")]
    [InlineData("""{ "outputCompression": 100 }""")]
    [InlineData("{}")]
    public void Check_GoodOptions_NoProblem(string options) => Assert.Empty(Check(TestAdapter.Request(options)));

    [Fact]
    public void Check_MisspeltOption_SuggestsTheRightOne()
    {
        var problem = Assert.Single(Check(TestAdapter.Request("""{ "qualty": "high" }""")));

        Assert.Equal(("option-unknown", "quality"), (problem.Code, problem.Suggestion));
    }

    [Fact]
    public void Check_UnknownModel_ValuesAreOnlyDoubted()
    {
        var problem = Assert.Single(Check(TestAdapter.Request("""{ "quality": "ultra" }"""), "gpt-image-9"));

        Assert.Equal(("option-value-unknown", ProblemSeverity.Warning), (problem.Code, problem.Severity));
    }

    [Fact]
    public void Check_SnapshotOfAModel_HasItsRules() =>
        Assert.Equal("n-too-large", Assert.Single(Check(new ImageRequest { Prompt = "p", N = 11 }, "gpt-image-2-2026-04-21")).Code);

    [Theory]
    [InlineData("auto", null, null)]
    [InlineData("1024x1536", null, null)]
    [InlineData("2048x2048", null, null)]
    [InlineData("3840x2160", null, null)]
    [InlineData("2160x3840", null, null)]
    [InlineData("1040x1024", null, null)]
    [InlineData("1025x1024", "size-not-offered", "1024x1024")]
    [InlineData("3856x2160", "size-not-offered", "3840x2160")]
    [InlineData("3840x2176", "size-not-offered", "3840x2160")]
    [InlineData("3200x1024", "size-not-offered", null)]
    [InlineData("1024×1024", "size-not-read", "1024x1024")]
    [InlineData("1024X1024", "size-not-read", "1024x1024")]
    [InlineData("1024", "size-not-read", "1024x1024")]
    [InlineData("big", "size-not-read", null)]
    [InlineData("0x0", "size-not-read", null)]
    [InlineData("99999999999x1", "size-not-read", null)]
    public void Check_Size_IsDoubtedWithASuggestion(string size, string? code, string? suggestion)
    {
        var problem = Check(new ImageRequest { Prompt = "p", Size = size }).SingleOrDefault();

        Assert.Equal((code, suggestion), (problem?.Code, problem?.Suggestion));
        Assert.NotEqual(ProblemSeverity.Error, problem?.Severity);
    }

    [Theory]
    [InlineData(0, "n-too-small", ProblemSeverity.Error)]
    [InlineData(-1, "n-too-small", ProblemSeverity.Error)]
    [InlineData(11, "n-too-large", ProblemSeverity.Warning)]
    public void Check_N_IsJudged(int n, string code, ProblemSeverity severity)
    {
        var problem = Assert.Single(Check(new ImageRequest { Prompt = "p", N = n }));

        Assert.Equal((code, severity, "n"), (problem.Code, problem.Severity, problem.Field));
    }

    [Theory]
    [InlineData("", "prompt-empty")]
    [InlineData(" \n\t ", "prompt-empty")]
    [InlineData("whole \ud83d\udebf", null)]
    public void Check_Prompt_IsJudged(string prompt, string? code) =>
        Assert.Equal(code, Check(new ImageRequest { Prompt = prompt }).SingleOrDefault()?.Code);

    [Fact]
    public void Check_HalfACharacter_CannotBeSent()
    {
        foreach (var prompt in new[] { "half \ud83d", "\udf00 half", "\ud83d\ud83d\udebf" })
        {
            Assert.Equal(("text-not-unicode", ProblemSeverity.Error), Check(new ImageRequest { Prompt = prompt }).Select(p => (p.Code, p.Severity)).Single());
        }
    }

    [Fact]
    public void Check_LongPrompt_IsCountedInCharactersNotInHalves()
    {
        Assert.Empty(Check(new ImageRequest { Prompt = new string('x', 32_000) }));
        Assert.Empty(Check(new ImageRequest { Prompt = string.Concat(Enumerable.Repeat("\ud83d\udebf", 32_000)) }));
        Assert.Equal("prompt-too-long", Assert.Single(Check(new ImageRequest { Prompt = new string('x', 32_001) })).Code);
    }

    [Fact]
    public void Check_FieldsOpenAIDoesNotTake_AreToldAsNotSent()
    {
        var problems = Check(new ImageRequest { Prompt = "p", AspectRatio = "16:9", Seed = 1 });

        Assert.Equal(["aspect-ratio-not-taken", "seed-not-taken"], problems.Select(p => p.Code));
        Assert.All(problems, p => Assert.Contains("not sent", p.Message, StringComparison.Ordinal));
    }

    private static IReadOnlyList<RequestProblem> Check(ImageRequest request, string model = "gpt-image-2") =>
        TestAdapter.Over().Check(EffectiveRequest.Merge(request, 0, null, "openai"), model);
}
