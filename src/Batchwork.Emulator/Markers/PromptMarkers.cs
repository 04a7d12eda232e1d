using System.Globalization;
using System.Text;
using Batchwork.Emulator.Batches;
using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Markers;

/// <summary>
/// What a prompt asks to go wrong, by words in double square brackets: <c>A red fox [[partial:2]] in the snow</c>. The list is also in
/// docs/emulator.md. Words that are not known stay in the prompt.
/// </summary>
internal sealed record PromptMarkers
{
    /// <summary>The prompt without its markers.</summary>
    public required string Prompt { get; init; }

    /// <summary><c>[[error]]</c>, <c>[[error:429]]</c>: the status the request ends with.</summary>
    public int? ErrorStatus { get; init; }

    /// <summary><c>[[refuse]]</c>, <c>[[refuse:output]]</c>: the stage at which moderation stops it.</summary>
    public string? RefusedAt { get; init; }

    /// <summary><c>[[finish:NO_IMAGE]]</c>: Google only, a candidate without a picture and why.</summary>
    public string? FinishReason { get; init; }

    /// <summary><c>[[textonly]]</c>: Google only, words and no picture, as if all were well.</summary>
    public bool TextOnly { get; init; }

    /// <summary><c>[[thoughts]]</c>: Google only, thoughts with a draft of the picture come before it.</summary>
    public bool Thoughts { get; init; }

    /// <summary><c>[[nomime]]</c>: the answer does not say what kind of file the picture is (F32).</summary>
    public bool NoMediaType { get; init; }

    /// <summary><c>[[nousage]]</c>, <c>[[badusage]]</c>: the answer's usage is left out, or below zero (F52).</summary>
    public UsageShown Usage { get; init; }

    /// <summary><c>[[flaky]]</c>: fails in the first batch that carries the prompt, succeeds after that.</summary>
    public bool Flaky { get; init; }

    /// <summary><c>[[expire]]</c>: never ends, so the whole batch expires at the end of its window.</summary>
    public bool Expires { get; init; }

    /// <summary><c>[[missing]]</c>: counted as done, answered by no line.</summary>
    public bool Missing { get; init; }

    /// <summary><c>[[partial:2]]</c>: at most so many pictures; <c>[[nodata]]</c> is 0.</summary>
    public int? MostPictures { get; init; }

    /// <summary><c>[[bytes:100MB]]</c>: each picture has so many bytes, zeros behind its own (F31).</summary>
    public long PaddedTo { get; init; }

    /// <summary>What is wrong with the pictures.</summary>
    public PictureDamage Damage { get; init; }

    /// <summary>What is wrong with the line.</summary>
    public LineTwist Twist { get; init; }

    public static PromptMarkers Read(string prompt)
    {
        var found = new PromptMarkers { Prompt = prompt };
        if (!prompt.Contains("[[", StringComparison.Ordinal))
        {
            return found;
        }

        var rest = new StringBuilder(prompt.Length);
        var at = 0;
        while (prompt.IndexOf("[[", at, StringComparison.Ordinal) is >= 0 and var start
            && prompt.IndexOf("]]", start, StringComparison.Ordinal) is >= 0 and var end)
        {
            rest.Append(prompt, at, start - at);
            if (found.With(prompt[(start + 2)..end]) is { } more)
            {
                found = more;
            }
            else
            {
                rest.Append(prompt, start, end + 2 - start);
            }

            at = end + 2;
        }

        rest.Append(prompt, at, prompt.Length - at);
        return found with { Prompt = string.Join(' ', rest.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)) };
    }

    private PromptMarkers? With(string marker)
    {
        var colon = marker.IndexOf(':');
        var name = (colon < 0 ? marker : marker[..colon]).Trim().ToLowerInvariant();
        var argument = colon < 0 ? "" : marker[(colon + 1)..].Trim().ToLowerInvariant();
        return name switch
        {
            "refuse" when argument is "" or "input" or "output" => this with { RefusedAt = argument == "output" ? "output" : "input" },
            "error" when argument.Length == 0 => this with { ErrorStatus = 500 },
            "error" when Number(argument) is >= 400 and <= 599 and var status => this with { ErrorStatus = status },
            "finish" when argument.Length > 0 => this with { FinishReason = argument.ToUpperInvariant() },
            "textonly" => this with { TextOnly = true },
            "thoughts" => this with { Thoughts = true },
            "nomime" => this with { NoMediaType = true },
            "nousage" => this with { Usage = UsageShown.Left },
            "badusage" => this with { Usage = UsageShown.Negative },
            "flaky" => this with { Flaky = true },
            "expire" => this with { Expires = true },
            "missing" => this with { Missing = true },
            "partial" when Number(argument) is >= 0 and <= 10 and var count => this with { MostPictures = count },
            "nodata" => this with { MostPictures = 0 },
            "bytes" when ByteSizes.TryParse(argument, out var bytes) => this with { PaddedTo = bytes },
            "duplicate" when argument is "" => this with { Twist = Twist | LineTwist.Duplicate },
            "duplicate" when argument is "different" => this with { Twist = Twist | LineTwist.DuplicateDifferent },
            "line" when LineTwists.Find(argument) is { } twist => this with { Twist = Twist | twist },
            _ when PictureDamages.Find(marker.Trim().ToLowerInvariant()) is { } damage => this with { Damage = damage },
            _ => null,
        };
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
