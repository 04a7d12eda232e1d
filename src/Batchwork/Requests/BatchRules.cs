using System.Globalization;
using Batchwork.Adapters;

namespace Batchwork;

/// <summary>Checks of a batch as a whole that are the same for every provider.</summary>
internal static class BatchRules
{
    /// <summary>Longest <see cref="ImageBatch.Tag"/>: fits the file ids that Google lets clients choose.</summary>
    public const int MaxTagLength = 40;

    public static void Check(ImageBatch batch, AdapterCapabilities capabilities, ProblemList problems)
    {
        CheckLimits(batch.Limits, problems);
        CheckCount(batch, capabilities, problems);
        CheckTag(batch.Tag, problems);
    }

    public static void CheckIds(RequestIds ids, ProblemList problems)
    {
        foreach (var duplicate in ids.Duplicates)
        {
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"The id '{duplicate.CustomId}' of request {duplicate.Index} is already that of request {duplicate.FirstIndex} (counted from 0). Ids must be unique in a batch.");
            problems.Error("custom-id-duplicate", duplicate.CustomId, "customId", message);
        }
    }

    /// <summary>Checks a model's place in the provider's calendar.</summary>
    public static void CheckModel(string model, ModelCatalog catalog, string displayName, DateOnly today, ProblemList problems)
    {
        if (catalog.Find(model) is not { } rules)
        {
            CheckUnknown(model, catalog, displayName, problems);
            return;
        }

        if (rules.Batch == false)
        {
            problems.Warn("model-without-batch", null, "model", $"{rules.Id} is not known to work in batches.");
        }

        if (rules.ShutDownOn is { } end)
        {
            var date = end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            problems.Warn(
                end <= today ? "model-retired" : "model-retiring",
                null,
                "model",
                end <= today ? $"{displayName} shut {rules.Id} down on {date}." : $"{displayName} shuts {rules.Id} down on {date}; a batch that is not done by then will fail.");
        }
    }

    /// <summary>Checks the upload's length against the batch's own bound and the provider's.</summary>
    public static void CheckUpload(long bytes, BatchLimits limits, AdapterCapabilities capabilities, ProblemList problems)
    {
        if (limits.MaxUploadBytes > 0 && bytes > limits.MaxUploadBytes)
        {
            problems.Error("upload-too-large", null, null, string.Create(CultureInfo.InvariantCulture, $"The upload is {bytes} bytes, more than the limit of {limits.MaxUploadBytes}. Split the batch."));
        }
        else if (bytes > capabilities.MaxUploadBytes)
        {
            problems.Warn("upload-over-provider-limit", null, null, string.Create(CultureInfo.InvariantCulture, $"The upload is {bytes} bytes; {capabilities.DisplayName} documents {capabilities.MaxUploadBytes} as the most."));
        }
    }

    // What the provider lists itself exists, with whatever rules.
    private static void CheckUnknown(string model, ModelCatalog catalog, string displayName, ProblemList problems)
    {
        var isListed = catalog.IsListed(model);
        var what = isListed ? $"{displayName} lists '{model}', but its rules are not known here." : $"'{model}' is not known here as an image model of {displayName}.";
        if (catalog.AllowsUnknown || isListed)
        {
            problems.Warn("model-unknown", null, "model", $"{what} It is sent as it is, and its sizes and options are not checked.");
        }
        else
        {
            problems.Error("model-unknown", null, "model", $"{what} Unknown models are not allowed by {nameof(BatchworkOptions)}.{nameof(BatchworkOptions.AllowUnknownModels)}.");
        }
    }

    private static void CheckLimits(BatchLimits limits, ProblemList problems)
    {
        Positive(limits.MaxRequests, "limits.maxRequests");
        Positive(limits.MaxRequestBytes, "limits.maxRequestBytes");
        Positive(limits.MaxUploadBytes, "limits.maxUploadBytes");

        void Positive(long limit, string field)
        {
            if (limit < 1)
            {
                problems.Error("limit-not-positive", null, field, string.Create(CultureInfo.InvariantCulture, $"{field} must be at least 1, but is {limit}."));
            }
        }
    }

    private static void CheckCount(ImageBatch batch, AdapterCapabilities capabilities, ProblemList problems)
    {
        var count = batch.Requests.Count;
        if (count == 0)
        {
            problems.Error("requests-empty", null, "requests", "The batch has no requests.");
        }
        else if (batch.Limits.MaxRequests > 0 && count > batch.Limits.MaxRequests)
        {
            problems.Error("too-many-requests", null, "requests", string.Create(CultureInfo.InvariantCulture, $"The batch has {count} requests, more than the limit of {batch.Limits.MaxRequests}. Split it."));
        }
        else if (count > capabilities.MaxRequests)
        {
            problems.Warn("requests-over-provider-limit", null, "requests", string.Create(CultureInfo.InvariantCulture, $"The batch has {count} requests; {capabilities.DisplayName} documents {capabilities.MaxRequests} as the most."));
        }
    }

    private static void CheckTag(string? tag, ProblemList problems)
    {
        if (tag is not null && (tag.Length is 0 or > MaxTagLength || !tag.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
        {
            problems.Error("tag-invalid", null, "tag", string.Create(CultureInfo.InvariantCulture, $"The tag '{tag}' must be 1 to {MaxTagLength} of the characters a-z, 0-9 and '-'."));
        }
    }
}
