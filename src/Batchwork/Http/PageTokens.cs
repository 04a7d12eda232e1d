namespace Batchwork.Http;

/// <summary>Watches the tokens of a paged list: a provider that repeats one, or never ends, must not be followed for ever.</summary>
internal sealed class PageTokens(int mostPages)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Whether a token leads to a page that was not read yet.</summary>
    public bool IsNew(string? token) => !string.IsNullOrEmpty(token) && _seen.Count < mostPages && _seen.Add(token);
}
