namespace Batchwork.Dashboard.Shared;

/// <summary>A page above the current one.</summary>
/// <param name="Text">Its title.</param>
/// <param name="Href">Its address.</param>
public sealed record Crumb(string Text, string Href);
