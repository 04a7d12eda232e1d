using System.Buffers;

namespace Batchwork.Http;

/// <summary>Checks ids before they become part of a URL: <c>../files</c> or <c>x?y=1</c> would call something else.</summary>
internal static class ProviderIds
{
    private const int MaxLength = 512;

    private static readonly SearchValues<char> s_allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:=-");

    /// <summary>Whether an id is of the form <c>[A-Za-z0-9._:=-]{1,512}</c> and not <c>.</c> or <c>..</c>. Gateways use opaque ids of these characters.</summary>
    public static bool IsValid(string? id) =>
        id is { Length: > 0 and <= MaxLength } and not "." and not ".." && !id.AsSpan().ContainsAnyExcept(s_allowed);

    /// <summary>Whether it is an id, or one after a collection: <c>batches/abc</c> (Google).</summary>
    public static bool IsName(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? IsValid(name) : IsValid(name[..slash]) && IsValid(name[(slash + 1)..]);
    }

    /// <summary>An id that the caller gave.</summary>
    /// <exception cref="BatchValidationException">It cannot be an id.</exception>
    public static string Given(string id, string what) =>
        IsValid(id) ? id : throw new BatchValidationException($"'{ErrorText.Clean(id, null)}' is not the id of a {what}.");

    /// <summary>An id that a provider sent.</summary>
    /// <exception cref="ProviderException">It cannot be an id.</exception>
    public static string Received(string id, string what, string provider) =>
        IsValid(id)
            ? id
            : throw new ProviderException(provider, ProviderFailure.UnexpectedAnswer, $"The provider sent '{ErrorText.Clean(id, null)}' as the id of a {what}, which cannot be used.");
}
