using System.Reflection;

namespace Batchwork.Dashboard.Features.Operations;

/// <summary>The version of the program that runs.</summary>
internal static class ProductVersion
{
    private const int ShownOfCommit = 8;

    /// <summary>For example <c>0.1.0 (bc706dc4)</c>.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        var parts = (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown").Split('+');
        return parts is [var version, { Length: > ShownOfCommit } commit] ? $"{version} ({commit[..ShownOfCommit]})" : parts[0];
    }
}
