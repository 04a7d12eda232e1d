using System.Text;
using Batchwork.Engine.Archives;

namespace Batchwork.Engine.Tests.Archives;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("red bicycle", "red bicycle.png")]
    [InlineData("../../etc/passwd", "_.._.._etc_passwd.png")]
    [InlineData(@"..\..\windows\system32", "_.._.._windows_system32.png")]
    [InlineData("/absolute", "_absolute.png")]
    [InlineData("C:\\x", "C__x.png")]
    [InlineData("a<b>c:d\"e|f?g*h", "a_b_c_d_e_f_g_h.png")]
    [InlineData("CON", "_CON.png")]
    [InlineData("con.backup", "_con.backup.png")]
    [InlineData("lpt¹", "_lpt¹.png")]
    [InlineData("COM0", "_COM0.png")]
    [InlineData("console", "console.png")]
    [InlineData("-rf", "_-rf.png")]
    [InlineData(".hidden", "_.hidden.png")]
    [InlineData("  spaces \t\n inside  ", "spaces inside.png")]
    [InlineData("ends. . .", "ends.png")]
    [InlineData("...", "_.png")]
    [InlineData("", "_.png")]
    [InlineData("nul\u0000byte", "nulbyte.png")]
    [InlineData("pic\u202Egnp.exe", "picgnp.exe.png")]
    [InlineData("cafe\u0301", "café.png")]
    [InlineData("猫 🐈", "猫 🐈.png")]
    public void Safe_WhateverItIsGiven_GivesANameThatIsNoPath(string stem, string expected) =>
        Assert.Equal(expected, FileNames.Safe(stem, ".png"));

    [Fact]
    public void Safe_HalfACharacter_IsReplaced() => Assert.Equal("lone_surrogate.png", FileNames.Safe("lone\uD800surrogate", ".png"));

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("猫")]
    [InlineData("🐈")]
    [InlineData("CON.")]
    public void Safe_AVeryLongName_IsCutAtAWholeCharacterWithin255Bytes(string character)
    {
        var name = FileNames.Safe(string.Concat(Enumerable.Repeat(character, 500)), ".webp", " (12)");

        Assert.InRange(Encoding.UTF8.GetByteCount(name), 251, 255);
        Assert.EndsWith(" (12).webp", name, StringComparison.Ordinal);
        Assert.DoesNotContain(name, c => c == '\uFFFD');
        Assert.Equal(name, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void Take_NamesThatOnlySomeSystemsTellApart_AreNumberedInOrder()
    {
        var names = new UniqueNames("manifest.csv");

        string[] taken =
        [
            names.Take("a", ".png"), names.Take("A", ".png"), names.Take("a", ".jpg"), names.Take("a", ".png"),
            names.Take("a (2)", ".png"), names.Take("a (4)", ".png"), names.Take("a", ".png"), names.Take("Manifest", ".csv"),
        ];

        Assert.Equal(["a.png", "A (2).png", "a.jpg", "a (3).png", "a (2) (2).png", "a (4).png", "a (5).png", "Manifest (2).csv"], taken);
    }

    [Fact]
    public void Take_AHundredThousandTimesTheSame_StaysUniqueAndQuick()
    {
        var names = new UniqueNames();

        var taken = Enumerable.Range(0, 100_000).Select(_ => names.Take("same", ".png")).ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.Equal(100_000, taken.Count);
    }

    [Theory]
    [InlineData("{row}-{id}-{index}", "0012-sku-7-2")]
    [InlineData("{job} {size} {model}", "Spring 1024x768 gpt-image-2")]
    [InlineData("{prompt}", "A red bicycle")]
    [InlineData("plain", "plain")]
    [InlineData("  ", "0012-sku-7-2")]
    [InlineData(null, "0012-sku-7-2")]
    public void Expand_KnownTokens_AreReplaced(string? pattern, string expected) => Assert.Equal(
        expected,
        NamePattern.Parse(pattern, out _)!.Expand(new NameParts
        {
            Number = 12,
            NumberDigits = 4,
            CustomId = "sku-7",
            Index = 1,
            Job = "Spring",
            Model = "gpt-image-2",
            Prompt = "A red bicycle",
            Width = 1024,
            Height = 768,
        }));

    [Theory]
    [InlineData("{nope}")]
    [InlineData("{row")]
    [InlineData("{}")]
    [InlineData("{ROW}")]
    public void Parse_SomethingElseInBraces_NamesWhatIsPossible(string pattern)
    {
        Assert.Null(NamePattern.Parse(pattern, out var problem));
        Assert.Contains("{row}, {id}, {index}", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AVeryLongPattern_IsRefused() => Assert.Null(NamePattern.Parse(new string('x', 201), out _));
}
