namespace Batchwork;

/// <summary>Where a value that reaches a provider comes from. The first of these that has a value wins.</summary>
public enum ValueOrigin
{
    /// <summary>The request itself.</summary>
    Row,

    /// <summary>The batch's <see cref="ImageDefaults"/>.</summary>
    Default,

    /// <summary>This client always sends it (<c>n</c> = 1, xAI's <c>response_format</c>).</summary>
    Client,

    /// <summary>It is not sent; the provider's own default applies.</summary>
    Provider,
}
