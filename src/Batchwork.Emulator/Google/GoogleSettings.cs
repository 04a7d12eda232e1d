namespace Batchwork.Emulator.Google;

/// <summary>How the Google surface behaves where the API's own behaviour is not documented, or has been seen to differ.</summary>
public sealed record GoogleSettings
{
    /// <summary>Where an operation carries its results: <c>response</c>, <c>metadata</c> (under <c>output</c>) or <c>both</c>.</summary>
    public string ResultsIn { get; init; } = "both";

    /// <summary>
    /// How results come: <c>asked</c> (inline for inline requests, a file for a file), or always <c>inline</c> or <c>file</c>. Small
    /// batches have been answered inline though a file was sent (F49).
    /// </summary>
    public string ResultsAs { get; init; } = "asked";

    /// <summary>How long an uploaded file is <c>PROCESSING</c> before it is <c>ACTIVE</c>.</summary>
    public TimeSpan Processing { get; init; }

    /// <summary>Whether <c>fields=</c> on an operation is heeded. Standard at Google, not verified for this API.</summary>
    public bool FieldMasks { get; init; } = true;

    /// <summary>Whether a second upload under the name of a file that is there is refused (409), or replaces it. Not verified.</summary>
    public bool NamesAreTaken { get; init; } = true;

    /// <summary>How many bytes an upload may have: 2 GB.</summary>
    public long LargestUpload { get; init; } = 2_000_000_000;

    /// <summary>How many bytes a create with inline requests may have: 20 MB.</summary>
    public int LargestCreate { get; init; } = 20_000_000;

    internal IEnumerable<string> Problems()
    {
        if (ResultsIn is not ("response" or "metadata" or "both"))
        {
            yield return "google.resultsIn must be response, metadata or both";
        }

        if (ResultsAs is not ("asked" or "inline" or "file"))
        {
            yield return "google.resultsAs must be asked, inline or file";
        }

        if (LargestUpload < 1 || LargestCreate < 1)
        {
            yield return "google.largestUpload and google.largestCreate must be at least 1";
        }

        if (Processing < TimeSpan.Zero)
        {
            yield return "google.processing must not be negative";
        }
    }
}
