using System.Globalization;

namespace Batchwork.CrashHarness.Injected;

/// <summary>What the harness wants of one start of the app; handed over in environment variables.</summary>
/// <param name="Folder">The world's folder.</param>
/// <param name="Emulator">Where the emulator listens.</param>
/// <param name="Event">The event at which the process dies: its name, or <c>any</c>; <see langword="null"/> for none.</param>
/// <param name="Occurrence">The how manieth such event it is, from 1.</param>
/// <param name="Freeze">Whether the process is stopped instead of killed.</param>
/// <param name="MostRequests">Requests of a part, smaller than any provider's limit; <see langword="null"/> for the provider's own.</param>
/// <param name="Providers">The providers that are used.</param>
public sealed record CrashPlan(string Folder, Uri Emulator, string? Event, int Occurrence, bool Freeze, int? MostRequests, IReadOnlyList<string> Providers)
{
    private const string Prefix = "BATCHWORK_CRASH_";

    public string Orders => Path.Combine(Folder, "orders");

    public string ClockFile => Path.Combine(Folder, "clock");

    /// <summary>Tells the harness where the process died.</summary>
    public string KilledFile => Path.Combine(Folder, "killed");

    public static CrashPlan FromEnvironment() => new(
        Read(nameof(Folder))!,
        new Uri(Read(nameof(Emulator))!),
        Read(nameof(Event)),
        int.Parse(Read(nameof(Occurrence)) ?? "1", CultureInfo.InvariantCulture),
        Read(nameof(Freeze)) is "yes",
        Read(nameof(MostRequests)) is { } most ? int.Parse(most, CultureInfo.InvariantCulture) : null,
        Read(nameof(Providers))!.Split(','));

    public IEnumerable<KeyValuePair<string, string>> ToEnvironment()
    {
        yield return new(Prefix + nameof(Folder), Folder);
        yield return new(Prefix + nameof(Emulator), Emulator.ToString());
        yield return new(Prefix + nameof(Occurrence), Occurrence.ToString(CultureInfo.InvariantCulture));
        yield return new(Prefix + nameof(Providers), string.Join(',', Providers));
        yield return new(Prefix + nameof(Freeze), Freeze ? "yes" : "no");
        if (Event is not null)
        {
            yield return new(Prefix + nameof(Event), Event);
        }

        if (MostRequests is { } most)
        {
            yield return new(Prefix + nameof(MostRequests), most.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string? Read(string name) => Environment.GetEnvironmentVariable(Prefix + name);
}
