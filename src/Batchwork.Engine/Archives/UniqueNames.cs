using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Batchwork.Engine.Archives;

/// <summary>
/// Gives each file of an archive a name of its own, also on systems that take "A" and "a" for the same. In the same order the same files get the
/// same names. Keeps hashes instead of names: 100,000 of them in a few megabytes. Two names with the same hash cost one needless number.
/// </summary>
internal sealed class UniqueNames
{
    /// <summary>Hash of a name → how often a file wanted it.</summary>
    private readonly Dictionary<ulong, int> _wanted = [];

    public UniqueNames(params ReadOnlySpan<string> reserved)
    {
        foreach (var name in reserved)
        {
            _wanted[HashOf(name)] = 1;
        }
    }

    public string Take(string stem, string extension)
    {
        var name = FileNames.Safe(stem, extension);
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_wanted, HashOf(name), out _);
        count++;
        return count == 1 ? name : TakeNumbered(stem, extension, count);
    }

    private string TakeNumbered(string stem, string extension, int number)
    {
        while (true)
        {
            var name = FileNames.Safe(stem, extension, $" ({number})");
            if (_wanted.TryAdd(HashOf(name), 1))
            {
                return name;
            }

            number++;
        }
    }

    private static ulong HashOf(string name) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name.ToUpperInvariant()));
}
