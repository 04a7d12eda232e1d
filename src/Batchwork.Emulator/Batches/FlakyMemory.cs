using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Batches;

/// <summary>Which requests that fail once have had their failure.</summary>
internal sealed class FlakyMemory(EmulatorFolder folder)
{
    private readonly Lock _lock = new();
    private readonly string _path = folder.At("flaky.json");
    private HashSet<string>? _met;

    /// <summary>Of some requests the numbers of those met before; the others count as met from now on.</summary>
    public ISet<int> Meet(IReadOnlyDictionary<int, string> requests)
    {
        if (requests.Count == 0)
        {
            return new HashSet<int>();
        }

        lock (_lock)
        {
            _met ??= File.Exists(_path) ? DurableFile.ReadJson<HashSet<string>>(_path) : [];
            var settled = requests.Where(request => _met.Contains(request.Value)).Select(request => request.Key).ToHashSet();
            _met.UnionWith(requests.Values);
            DurableFile.WriteJson(_path, _met);
            return settled;
        }
    }
}
