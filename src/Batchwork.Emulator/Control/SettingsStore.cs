using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Control;

/// <summary>The settings in force: those the emulator was started with, changed by what was put since, which outlives a restart.</summary>
internal sealed class SettingsStore
{
    // What is fixed once the emulator runs.
    private static readonly string[] s_fixed = ["stateFolder", "pictureThreads"];
    private readonly Lock _lock = new();
    private readonly EmulatorSettings _started;
    private readonly string _path;
    private JsonObject _changes;

    public SettingsStore(EmulatorSettings started, EmulatorFolder folder)
    {
        _started = started;
        _path = folder.At("settings.json");
        _changes = File.Exists(_path) ? DurableFile.ReadJson<JsonObject>(_path) : [];
        Current = Merge(_changes);
    }

    public EmulatorSettings Current { get; private set; }

    /// <summary>Changes the settings that are named; the others keep their values.</summary>
    /// <returns>What is wrong; nothing is changed then.</returns>
    public IReadOnlyList<string> Change(JsonObject changes)
    {
        if (Unknown(changes) is { Count: > 0 } unknown)
        {
            return unknown;
        }

        lock (_lock)
        {
            var all = _changes.DeepClone().AsObject();
            Lay(changes, all);
            var merged = Merge(all);
            if (merged.Problems() is { Count: > 0 } wrong)
            {
                return wrong;
            }

            DurableFile.WriteJson(_path, all);
            (_changes, Current) = (all, merged);
            return [];
        }
    }

    /// <summary>Goes back to the settings the emulator was started with.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            File.Delete(_path);
            (_changes, Current) = ([], _started);
        }
    }

    public static JsonObject AsJson(EmulatorSettings settings)
    {
        var json = JsonSerializer.SerializeToNode(settings, StoredJson.Options)!.AsObject();
        json.Remove("stateFolder");
        return json;
    }

    private static List<string> Unknown(JsonObject changes)
    {
        var known = JsonSerializer.SerializeToNode(new EmulatorSettings(), StoredJson.Options)!.AsObject();
        var names = changes.Select(change => change.Key).ToList();
        List<string> problems = [.. names.Intersect(s_fixed).Select(name => $"{name} is fixed while the emulator runs")];
        problems.AddRange(names.Except(s_fixed).Where(name => !known.ContainsKey(name)).Select(name => $"there is no setting {name}"));
        foreach (var (name, group) in changes)
        {
            if (group is JsonObject inner && known[name] is JsonObject below)
            {
                problems.AddRange(
                    inner.Where(one => !below.ContainsKey(one.Key)).Select(one => $"there is no setting {name}.{one.Key}"));
            }
        }

        return problems;
    }

    private EmulatorSettings Merge(JsonObject changes)
    {
        var json = AsJson(_started);
        Lay(changes, json);
        var merged = json.Deserialize<EmulatorSettings>(StoredJson.Options)!;
        merged.StateFolder = _started.StateFolder;
        merged.PictureThreads = _started.PictureThreads;
        return merged;
    }

    private static void Lay(JsonObject changes, JsonObject over)
    {
        foreach (var (name, value) in changes)
        {
            if (value is JsonObject inner && over[name] is JsonObject below)
            {
                Lay(inner, below);
            }
            else
            {
                over[name] = value?.DeepClone();
            }
        }
    }
}
