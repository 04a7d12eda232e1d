using Batchwork.Emulator.Batches;

namespace Batchwork.Emulator.Google;

/// <summary>
/// Where the results of a batch are to be found. Decided when it is created, so that its answers stay the same to the byte.
/// </summary>
internal static class GoogleResultPlace
{
    private const string Inline = "inline";

    /// <summary>What is noted in the record.</summary>
    public static string Of(bool inlineInput, GoogleSettings settings) =>
        settings.ResultsAs == "asked" ? (inlineInput ? Inline : "file") : settings.ResultsAs;

    public static bool IsInline(BatchRecord batch) => batch.ResultsAs == Inline;
}
