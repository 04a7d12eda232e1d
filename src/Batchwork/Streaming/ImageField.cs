namespace Batchwork.Streaming;

/// <summary>A property whose text is a picture in base64.</summary>
/// <param name="Name">The property, for example <c>b64_json</c>.</param>
/// <param name="Parent">The property that holds the object, or the list of objects, in which it stands, for example <c>data</c>; <see langword="null"/> for any.</param>
internal sealed record ImageField(string Name, string? Parent);
