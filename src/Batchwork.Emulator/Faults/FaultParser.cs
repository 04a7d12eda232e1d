using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Faults.Answers;
using Batchwork.Emulator.Faults.Bodies;
using Batchwork.Emulator.Markers;

namespace Batchwork.Emulator.Faults;

/// <summary>From words to faults. Each verb is described in docs/emulator.md.</summary>
internal static class FaultParser
{
    private const string Afterwards = "accept-then-";

    public static IFault Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var words = new FaultText(text);
        return Instead(words)
            ?? Shape(words)
            ?? (IFault?)Twist(words)
            ?? After(text.Trim())
            ?? throw new FormatException($"There is no fault '{words.Verb}'.");
    }

    private static AfterwardsFault? After(string text) =>
        text.StartsWith(Afterwards, StringComparison.OrdinalIgnoreCase) && Instead(new FaultText(text[Afterwards.Length..])) is { } answer
            ? new AfterwardsFault(answer)
            : null;

    // What the caller gets instead of an answer, or before it.
    private static IFault? Instead(FaultText words) => words.Verb switch
    {
        "status" => new StatusFault(words.Status(503), words.Options),
        "drop-before" or "drop" => new DropFault(),
        "close" => new CloseFault(),
        "stall" => new StallFault(),
        "html" => new UnreadableFault(words.Status(502), html: true),
        "garbage" => new UnreadableFault(words.Status(200), html: false),
        "redirect" => new RedirectFault(words.Argument),
        "gzip-bomb" => new GzipBombFault(words.Size()),
        "hostile" => new HostileFault(words.Status(400), words.Option("size") is { } size ? words.Size(size) : 0),
        "raw" => new RawFault(RawAnswers.Find(words.Argument) ?? throw words.Wrong(words.Argument, RawAnswers.Names)),
        _ => null,
    };

    // What happens around the answer or to its bytes.
    private static IFault? Shape(FaultText words) => words.Verb switch
    {
        "delay" => new DelayFault(words.Span(words.Argument)),
        "accept-twice" => new TwiceFault(),
        "truncate" => new TruncateFault(words.Bytes(fromEndToo: true)),
        "reset-at" => new ResetFault(words.Bytes()),
        "stall-at" => new StallAtFault(words.Bytes()),
        "drip" => new DripFault((int)Math.Max(1, words.Bytes()), words.Span(words.Option("every") ?? "1s")),
        "length" => words.Argument == "none" ? new LengthFault(null) : new LengthFault(words.Bytes()),
        "header" => new HeaderFault(words.Pair().Name, words.Pair().Value),
        "unset" => new SetFault(words.Argument, null),
        "set" when words.Pair() is ({ } path, ['$', .. var other]) => new SetFault(path, root => SetFault.Find(root, other)?.DeepClone()),
        "set" => new SetFault(words.Pair().Name, Value(words)),
        _ => null,
    };

    // What the operation gets wrong itself.
    private static TwistFault? Twist(FaultText words) => words.Verb switch
    {
        "ignore-range" => new TwistFault(twists => twists.IgnoreRange = true),
        "wrong-range" => new TwistFault(twists => twists.WrongRange = true),
        "forget-cancel" => new TwistFault(twists => twists.ForgetCancel = true),
        "list" => List(words),
        "lines" => Lines(words),
        _ => null,
    };

    private static TwistFault List(FaultText words) =>
        Enum.TryParse<ListTwist>(words.Argument, ignoreCase: true, out var list) && list != ListTwist.None
            ? new TwistFault(twists => twists.List = list)
            : throw words.Wrong(words.Argument, "repeat, skip, loop or shuffle");

    private static TwistFault Lines(FaultText words)
    {
        var twist = LineTwists.Find(words.Argument) ?? throw words.Wrong(words.Argument, "one of " + string.Join(", ", LineTwists.Names));
        var (at, every) = (words.Count("at"), words.Count("every"));
        var fault = new LineFault(twist, at, at == 0 && every == 0 ? 1 : every);
        return new TwistFault(twists => twists.Lines.Add(fault));
    }

    private static Func<JsonNode?, JsonNode?> Value(FaultText words)
    {
        try
        {
            var value = JsonNode.Parse(words.Pair().Value);
            return _ => value?.DeepClone();
        }
        catch (JsonException)
        {
            throw words.Wrong(words.Pair().Value, "JSON, text in quotes");
        }
    }
}
