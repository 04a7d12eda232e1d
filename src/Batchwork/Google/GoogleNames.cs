using Batchwork.Http;

namespace Batchwork.Google;

/// <summary>Checks Google's names, <c>batches/…</c> and <c>files/…</c>, before they become part of a URL. Their slash stays a slash there.</summary>
internal static class GoogleNames
{
    public const string Batches = "batches/";
    public const string Files = "files/";

    // Google's own are longer; what is shorter is more likely a slip than an id.
    private const int ShortestBareId = 6;

    /// <summary>The name of a batch that the caller gave, with or without <c>batches/</c>.</summary>
    /// <exception cref="BatchValidationException">It cannot be one.</exception>
    public static string GivenBatch(string name) => Given(name, Batches, "batch");

    /// <summary>The name of a file that the caller gave, with or without <c>files/</c>.</summary>
    /// <exception cref="BatchValidationException">It cannot be one.</exception>
    public static string GivenFile(string name) => Given(name, Files, "file");

    /// <summary>A name that Google sent; <see langword="null"/> when it cannot be one.</summary>
    public static string? Received(string? name, string collection) =>
        name is not null && name.StartsWith(collection, StringComparison.Ordinal) && ProviderIds.IsValid(name[collection.Length..]) ? name : null;

    private static string Given(string name, string collection, string what)
    {
        if (name.StartsWith(collection, StringComparison.Ordinal))
        {
            return collection + ProviderIds.Given(name[collection.Length..], what);
        }

        return name.Length >= ShortestBareId
            ? collection + ProviderIds.Given(name, what)
            : throw new BatchValidationException($"'{ErrorText.Clean(name, null)}' is not the name of a {what}. Google's begin with '{collection}'.");
    }
}
