using System.Globalization;

namespace Batchwork.CrashHarness;

/// <summary>The command line behind the verb.</summary>
internal sealed record HarnessOptions
{
    /// <summary>What is run against: one provider's id, or several parted by commas.</summary>
    public IReadOnlyList<string> Providers { get; init; } = ["openai"];

    public string Provider => Providers[0];

    public int Cycles { get; init; } = 20;

    public int Jobs { get; init; } = 20;

    public int Seed { get; init; } = 1;

    /// <summary>Only these points, faults or calls.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Whether folders of what held are left.</summary>
    public bool Keep { get; init; }

    /// <summary>Whether each crash point gets a data folder of its own.</summary>
    public bool Apart { get; init; }

    public bool Wants(string id) => Only.Count == 0 || Only.Contains(id, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the arguments.</summary>
    /// <param name="arguments">Those behind the verb.</param>
    /// <returns>The options, or <see langword="null"/> when something is not known.</returns>
    public static HarnessOptions? Read(ReadOnlySpan<string> arguments)
    {
        var options = new HarnessOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is "--keep" or "--apart")
            {
                options = arguments[i] == "--keep" ? options with { Keep = true } : options with { Apart = true };
                continue;
            }

            if (i + 1 == arguments.Length)
            {
                return null;
            }

            var value = arguments[++i];
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : (int?)null;
            switch (arguments[i - 1])
            {
                case "--provider":
                    options = options with { Providers = value.Split(',') };
                    break;
                case "--only":
                    options = options with { Only = value.Split(',') };
                    break;
                case "--cycles" when number is { } cycles:
                    options = options with { Cycles = cycles };
                    break;
                case "--jobs" when number is { } jobs:
                    options = options with { Jobs = jobs };
                    break;
                case "--seed" when number is { } seed:
                    options = options with { Seed = seed };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
