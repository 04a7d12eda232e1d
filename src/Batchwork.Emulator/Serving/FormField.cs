namespace Batchwork.Emulator.Serving;

/// <summary>A field of an upload's form.</summary>
/// <param name="AfterFile">Whether it came after the file.</param>
internal sealed record FormField(string Name, string Value, bool AfterFile);
