namespace Batchwork.Emulator.XAI;

/// <summary>How the xAI surface behaves where the API's own behaviour is not documented, or has been seen to differ.</summary>
public sealed record XAISettings
{
    /// <summary>
    /// How pictures come: <c>asked</c> (by <c>response_format</c>, whose usual value is <c>url</c>), or always as <c>url</c> or
    /// <c>b64_json</c>.
    /// </summary>
    public string PicturesAs { get; init; } = "asked";

    /// <summary>How long the address of a picture works, from the moment the picture was made, not from the look at the results.</summary>
    public TimeSpan PictureLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Where hosted pictures seem to be, for example <c>https://imgen.x.ai</c>: the beginning of their addresses. Null: this emulator,
    /// under <c>/xai/hosted</c>.
    /// </summary>
    public string? PicturesAt { get; init; }

    /// <summary>How long after its counters a batch's results can be read.</summary>
    public TimeSpan ResultsLag { get; init; }

    /// <summary>The name results carry the answer under: <c>image_generation</c> (guide) or <c>image_response</c> (seen; flat).</summary>
    public string ResultName { get; init; } = "image_generation";

    /// <summary>Whether times are bare dates (<c>2026-11-22</c>) or times (<c>2026-11-22T12:00:00Z</c>). Both have been seen.</summary>
    public bool BareDates { get; init; } = true;

    /// <summary>Whether base64 begins with <c>data:image/…;base64,</c>, as in the gRPC documentation.</summary>
    public bool DataAddresses { get; init; }

    /// <summary>
    /// The models whose batches are taken; empty: all image models that are offered. The documentation has named different ones.
    /// </summary>
    public IReadOnlyList<string> BatchModels { get; init; } = [];

    internal IEnumerable<string> Problems()
    {
        if (PicturesAs is not ("asked" or "url" or "b64_json"))
        {
            yield return "xai.picturesAs must be asked, url or b64_json";
        }

        if (PictureLife < TimeSpan.Zero)
        {
            yield return "xai.pictureLife must not be negative";
        }

        if (ResultsLag < TimeSpan.Zero)
        {
            yield return "xai.resultsLag must not be negative";
        }

        if (ResultName is not ("image_generation" or "image_response"))
        {
            yield return "xai.resultName must be image_generation or image_response";
        }
    }
}
