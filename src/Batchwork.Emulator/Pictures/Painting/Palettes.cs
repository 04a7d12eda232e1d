using System.Collections.Frozen;

namespace Batchwork.Emulator.Pictures.Painting;

/// <summary>The palettes, by mood. Each is written paper, four colours, deep.</summary>
internal static class Palettes
{
    private static readonly FrozenDictionary<Mood, Palette[]> s_byMood = new Dictionary<Mood, Palette[]>
    {
        [Mood.Dawn] = Read(
            "fdf1e3 fbc9a4 f59a86 d9738c 8a5a96 2e2a4f",
            "fff4e6 ffd8a8 f8a978 e07a76 99588c 352c57",
            "fbeee6 f6c6b8 eb9a9b b97a9f 6e6296 2b2d4e"),
        [Mood.Sunset] = Read(
            "fff0d9 ffc46b f98e52 e4574f 9c3a63 34204a",
            "fdebd3 f8b26a ef7d57 c94f62 77386b 2a1f45",
            "fff3dc fdd28a f7a05c d9684f 8f4257 3a2440"),
        [Mood.Sea] = Read(
            "eef7f4 b9e0d8 6fbfc0 3a90a6 22658a 12304f",
            "f3f8f5 cfe9dd 86cdbd 45a3a5 2b6f8c 173a58",
            "f6f4ea d8e8dc 93c9c5 5599b0 375f93 1b2a52"),
        [Mood.Forest] = Read(
            "f4f3e4 d5dfae 98b87c 5d8f68 36685b 173a3b",
            "f6f2e1 dcd9a0 a9b56f 6c915d 3f6c55 1c3c3a",
            "f1f5ea c9dfc0 8fbf9a 559279 33695f 15363a"),
        [Mood.Meadow] = Read(
            "fdf7e3 f7dc7d f2a65a 9cbf72 4f9a7e 1f4a54",
            "fbf6e6 f5d489 e99a6a c8c46e 6da67a 2b4f52",
            "fef8ea fbe3a0 f4b183 a8cda0 6aa9a0 2c4d5c"),
        [Mood.Night] = Read(
            "e9ecf8 a9b6e6 7a82cf 5a55ab 3b3679 14163a",
            "ecebf6 c2b4e4 8f86cf 5b63ad 34437f 111a3c",
            "e6f0f5 9ac5dc 6592c4 5262a4 40417c 161a3d"),
        [Mood.Mist] = Read(
            "f5f4f1 d9dbdd b2bcc6 8796a8 5d6d84 2c394d",
            "f6f2ee e2d8d2 c3b8bb 94939f 676d82 323a4e",
            "f3f5f4 d3dfdd a8c0c2 7c9da6 557488 283c51"),
        [Mood.Rose] = Read(
            "fdf0ef f8cfd2 ee9fae d46f8f 97507f 45274f",
            "fff2ee fad4c8 f2a49e dd7384 a5527c 4a2950",
            "fcf0f3 f3c9dc dd9cc4 b072ab 77548f 372a54"),
        [Mood.Earth] = Read(
            "f8efe1 e8cba3 d79f6c b86f4c 7f4a42 3a2a33",
            "f7f0e4 e3c7a8 cf9673 a96a56 6f4c50 35293a",
            "f6f1e3 ddd0a5 c9a66b a5744f 6c5648 2f2f38"),
        [Mood.Candy] = Read(
            "fff5ec ffc9a9 ff9aa2 b8a1e3 79b8d8 3b3a78",
            "fdf6ee fbd37f f79a8c a7c5a5 77a7d0 45467f",
            "f7f4fb ffd3b6 ffaaa5 a8d8c8 8aa6dc 433f7a"),
        [Mood.Citrus] = Read(
            "fffbe8 ffe27a fdbb4b f4845f 5aa786 1f4d58",
            "fefae4 f6e27f cfd563 f5a35c 3f9a8c 1c4657",
            "fff8e7 ffd66b ff9f5b e66a5e 4f8fa3 273a60"),
        [Mood.Ice] = Read(
            "f5fafc d6ebf3 a6d3e6 75aed3 5581b7 29406f",
            "f7f9fb dfe7f2 b9c9e6 8ba3d3 6478b4 2f3a6b",
            "f3fafa cfe9ea 9ed0da 74acc6 547fae 273f68"),
    }.ToFrozenDictionary();

    public static Palette Pick(Mood mood, SeededRandom random) =>
        random.Pick(s_byMood[mood]).Turn(random.Between(-0.14f, 0.14f));

    private static Palette[] Read(params string[] palettes) => [.. palettes.Select(Palette.Parse)];
}
