namespace Batchwork.Engine.Jobs;

/// <summary>A job's row as the library's request.</summary>
internal static class RowRequest
{
    /// <summary>The row's values with the job's defaults, as they are sent.</summary>
    public static EffectiveRequest Of(JobRow row, ImageDefaults defaults, string provider) => EffectiveRequest.Merge(
        new ImageRequest
        {
            CustomId = row.CustomId,
            Prompt = row.Prompt,
            N = row.Own.N,
            Size = row.Own.Size,
            AspectRatio = row.Own.AspectRatio,
            Seed = row.Own.Seed,
            ProviderOptions = row.Own.ProviderOptions,
        },
        row.Index,
        defaults,
        provider);
}
