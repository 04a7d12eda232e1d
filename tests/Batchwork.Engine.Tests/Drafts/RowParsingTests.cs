using Batchwork.Engine.Drafts.Checking;
using Batchwork.Engine.Sheets;

namespace Batchwork.Engine.Tests.Drafts;

public sealed class RowParsingTests
{
    private readonly RowProblems _problems = new();

    [Theory]
    [InlineData("2", 2)]
    [InlineData(" 2 ", 2)]
    [InlineData("1.0", 1)]
    [InlineData("10", 10)]
    public void N_WholeNumber_IsRead(string text, int n)
    {
        Assert.Equal(n, Parse((SheetFields.N, text)).N);
        Assert.Empty(_problems.All);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("11")]
    [InlineData("1e1")]
    [InlineData("1,5")]
    [InlineData("two")]
    [InlineData("１")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999")]
    public void N_AnythingElse_IsAnErrorThatNamesIt(string text)
    {
        Assert.Null(Parse((SheetFields.N, text)).N);
        Assert.Equal((RowCheck.Error, "n-not-read", $"n must be a whole number from 1 to 10, got '{text}'."), (_problems.Worst, _problems.All[0].Code, _problems.All[0].Message));
    }

    [Fact]
    public void N_InWords_SuggestsTheNumber()
    {
        Parse((SheetFields.N, "Two"));

        Assert.Equal("2", _problems.All[0].Suggestion);
    }

    [Theory]
    [InlineData("1024×1024", "1024x1024")]
    [InlineData("1024X768", "1024x768")]
    [InlineData(" 1024 * 768 ", "1024x768")]
    [InlineData("Auto", "auto")]
    [InlineData("2K", "2K")]
    public void Size_InOtherSpellings_IsRead(string text, string size) => Assert.Equal(size, Parse((SheetFields.Size, text)).Size);

    [Fact]
    public void Size_OneNumber_AsksForTheSquare()
    {
        Assert.Null(Parse((SheetFields.Size, "1024")).Size);
        Assert.Equal(("'1024' is not a size. Did you mean 1024x1024?", "1024x1024"), (_problems.All[0].Message, _problems.All[0].Suggestion));
    }

    [Theory]
    [InlineData("16/9", "16:9")]
    [InlineData(" 16 : 9 ", "16:9")]
    [InlineData("9:21", "9:21")]
    public void AspectRatio_InOtherSpellings_IsRead(string text, string ratio) => Assert.Equal(ratio, Parse((SheetFields.AspectRatio, text)).AspectRatio);

    [Theory]
    [InlineData("1.5")]
    [InlineData("-3")]
    [InlineData("abc")]
    public void Seed_NoWholeNumber_IsAnError(string text)
    {
        Assert.Null(Parse((SheetFields.Seed, text)).Seed);
        Assert.Equal("seed-not-read", _problems.All[0].Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u200b")]
    public void Prompt_WithNothingToSee_IsAnError(string text)
    {
        Parse((SheetFields.Prompt, text));

        Assert.Equal("prompt-empty", _problems.All[0].Code);
    }

    [Theory]
    [InlineData(64, 0)]
    [InlineData(65, 1)]
    public void Id_LongerThan64_IsAnError(int length, int errors)
    {
        Parse((SheetFields.CustomId, new string('x', length)));

        Assert.Equal(errors, _problems.All.Count);
    }

    [Fact]
    public void Cell_Unreadable_IsAnError()
    {
        Parse((SheetFields.Prompt, "caf\uFFFD"));

        Assert.Equal(("unreadable-characters", SheetFields.Prompt), (_problems.All[0].Code, _problems.All[0].Field));
    }

    [Fact]
    public void Options_ColumnsAndJson_AreMergedAndTheColumnWins()
    {
        var request = Parse(
            (SheetFields.Quality, "HIGH"),
            ("option:outputCompression", "80"),
            (SheetFields.Options, "{\"quality\":\"low\",\"moderation\":\"low\",\"background\":null}"));

        Assert.Equal("""{"quality":"high","moderation":"low","outputCompression":80}""", request.ProviderOptions!["openai"].ToJsonString());
    }

    [Fact]
    public void Options_UnderProviders_GiveTheOwnOnesAndAWarning()
    {
        var request = Parse((SheetFields.Options, "{\"openai\":{\"quality\":\"low\"},\"xai\":{\"style\":\"x\"}}"));

        Assert.Equal("""{"quality":"low"}""", request.ProviderOptions!["openai"].ToJsonString());
        Assert.Equal((RowCheck.Warning, "options-of-other-provider"), (_problems.Worst, _problems.All[0].Code));
    }

    [Theory]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}}}}}}}}")]
    public void Options_NoPlainObject_IsAnError(string json)
    {
        Assert.Null(Parse((SheetFields.Options, json)).ProviderOptions);
        Assert.Equal("options-not-read", _problems.All[0].Code);
    }

    [Fact]
    public void Options_MoreThanAreRead_AreAnErrorThatDoesNotRepeatThem()
    {
        var json = "{" + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"key-{i}\":1")) + "}";

        Assert.Null(Parse((SheetFields.Options, json)).ProviderOptions);

        Assert.Equal(("options-not-read", "options is longer than 64 KiB."), (_problems.All[0].Code, _problems.All[0].Message));
        Assert.Null(_problems.All[0].Value);
    }

    private ImageRequest Parse(params (string Field, string Text)[] cells)
    {
        var row = cells.ToDictionary(c => c.Field, c => c.Text);
        row.TryAdd(SheetFields.Prompt, "A cat");
        return new RowParser("openai", TestModels.Painter).Parse(row, _problems);
    }
}
