namespace Batchwork.Dashboard.Tests.Security.Wire;

/// <summary>An element that the server has drawn.</summary>
/// <param name="Name">For example <c>button</c>.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Events">Its events, with the number by which the server knows the handler.</param>
/// <param name="Text">The texts in it, without those of other components.</param>
internal sealed record DrawnElement(string Name, IReadOnlyDictionary<string, string?> Attributes, IReadOnlyDictionary<string, long> Events, string Text)
{
    public string? Attribute(string name) => Attributes.GetValueOrDefault(name);
}
