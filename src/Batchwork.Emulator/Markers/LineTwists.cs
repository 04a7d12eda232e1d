using System.Collections.Frozen;
using Batchwork.Emulator.Batches;

namespace Batchwork.Emulator.Markers;

/// <summary>The names of the ways a line can be wrong.</summary>
internal static class LineTwists
{
    private static readonly FrozenDictionary<string, LineTwist> s_names = new Dictionary<string, LineTwist>
    {
        ["invalid-json"] = LineTwist.InvalidJson,
        ["invalid-utf8"] = LineTwist.InvalidUtf8,
        ["bom"] = LineTwist.Bom,
        ["crlf"] = LineTwist.Crlf,
        ["blank"] = LineTwist.Blank,
        ["nul"] = LineTwist.Nul,
        ["lone-surrogate"] = LineTwist.LoneSurrogate,
        ["deep"] = LineTwist.Deep,
        ["many-keys"] = LineTwist.ManyKeys,
        ["duplicate-keys"] = LineTwist.DuplicateKeys,
        ["huge-number"] = LineTwist.HugeNumber,
        ["duplicate"] = LineTwist.Duplicate,
        ["duplicate-different"] = LineTwist.DuplicateDifferent,
        ["unknown-id"] = LineTwist.UnknownId,
        ["empty-id"] = LineTwist.EmptyId,
        ["stray"] = LineTwist.Stray,
        ["missing"] = LineTwist.Missing,
        ["cut"] = LineTwist.Cut,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Names => s_names.OrderBy(n => n.Value).Select(n => n.Key);

    public static LineTwist? Find(string name) => s_names.TryGetValue(name, out var twist) ? twist : null;
}
