using System.Collections.Frozen;
using Batchwork.Emulator.Pictures.Compositions;
using Batchwork.Emulator.Pictures.Painting;

namespace Batchwork.Emulator.Pictures;

/// <summary>Lets the words of a prompt have a say in motif and palette, so that "a lighthouse at night" is not a pink meadow.</summary>
internal static class Inspiration
{
    private const int MostWords = 400;
    private static readonly char[] s_between = [.. " ,.;:!?\"'()/\n\t"];

    private static readonly FrozenDictionary<string, (Mood? Mood, Motif[] Motifs)> s_words = Read(
        (Mood.Night, [Motif.Planets, Motif.Ridges, Motif.Ripples],
            "night midnight moon moonlit moonlight star stars starry galaxy space cosmic planet astronaut rocket nebula "
            + "aurora neon cyberpunk"),
        (Mood.Sea, [Motif.SeaSun, Motif.Dunes, Motif.Ripples, Motif.Fluid],
            "sea ocean wave waves water lake river fish whale boat ship sailing harbour harbor island underwater coral "
            + "lighthouse beach swimming pool"),
        (Mood.Sunset, [Motif.SeaSun, Motif.Ridges, Motif.Dunes],
            "sunset dusk evening golden autumn fire warm orange lantern lava fox desert canyon"),
        (Mood.Dawn, [Motif.Ridges, Motif.SeaSun, Motif.Arches],
            "sunrise dawn morning pastel soft dream dreamy cloud clouds sky balloon"),
        (Mood.Forest, [Motif.Ridges, Motif.Relief, Motif.Dunes],
            "forest tree trees jungle leaf leaves moss green fern bamboo pine rainforest frog woodland cabin"),
        (Mood.Meadow, [Motif.Bloom, Motif.Arches, Motif.Dunes],
            "meadow spring garden grass field farm bee honey picnic sunflower sunflowers daisy"),
        (Mood.Rose, [Motif.Bloom, Motif.Discs, Motif.Fluid],
            "flower flowers rose roses pink peony cherry blossom blossoms love heart perfume lipstick tulip orchid"),
        (Mood.Earth, [Motif.Tiles, Motif.Relief, Motif.Arches],
            "coffee wood wooden leather clay pottery ceramic bread chocolate brown vintage rustic library book dog bear owl"),
        (Mood.Candy, [Motif.Arches, Motif.Discs, Motif.Tiles],
            "candy cake toy toys children kids cute playful rainbow birthday ice-cream colourful colorful unicorn balloons "
            + "robot"),
        (Mood.Citrus, [Motif.Discs, Motif.Tiles, Motif.Bloom],
            "lemon orange lime fruit fruits juice citrus summer tropical mango banana drink cocktail yellow"),
        (Mood.Ice, [Motif.Ridges, Motif.Relief, Motif.Silk],
            "snow snowy winter ice frozen glacier arctic penguin polar frost cold ski"),
        (Mood.Mist, [Motif.Ridges, Motif.Silk, Motif.Relief],
            "fog foggy mist misty rain rainy grey gray minimal minimalist monochrome silver steel concrete"),
        (null, [Motif.Ridges], "mountain mountains hill hills valley alps peak landscape"),
        (null, [Motif.Tiles], "city street building buildings architecture tile tiles pattern geometric poster bauhaus mosaic house"),
        (null, [Motif.Fluid, Motif.Silk], "abstract silk fabric smoke gradient liquid oil marble fluid dress fashion music jazz"),
        (null, [Motif.Relief], "paper map origami topographic layered"),
        (null, [Motif.Discs, Motif.Ripples], "logo icon circle circles round minimalistic product watch"));

    public static (Motif Motif, Mood Mood) Read(string prompt, SeededRandom random)
    {
        var motif = (Motif)random.Below(Enum.GetValues<Motif>().Length);
        var mood = (Mood)random.Below(Enum.GetValues<Mood>().Length);
        var (motifFound, moodFound) = (false, false);
        foreach (var word in prompt.ToLowerInvariant().Split(s_between, MostWords))
        {
            if (!s_words.TryGetValue(word, out var found))
            {
                continue;
            }

            if (!moodFound && found.Mood is { } named)
            {
                (mood, moodFound) = (named, true);
            }

            // Not always: a gallery of twelve sea prompts should not be twelve suns over the sea.
            if (!motifFound)
            {
                (motif, motifFound) = (random.Chance(0.8f) ? random.Pick(found.Motifs) : motif, true);
            }
        }

        return (motif, mood);
    }

    private static FrozenDictionary<string, (Mood? Mood, Motif[] Motifs)> Read(params (Mood? Mood, Motif[] Motifs, string Words)[] lines)
    {
        var words = new Dictionary<string, (Mood?, Motif[])>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            foreach (var word in line.Words.Split(' '))
            {
                words.TryAdd(word, (line.Mood, line.Motifs));
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
