using System.Text;

namespace Batchwork.Testing.Http;

/// <summary>A request as it reached a fake server.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">The whole address.</param>
/// <param name="Headers">All headers, those of the body included; several values of one are joined by commas.</param>
/// <param name="Body">The body.</param>
public sealed record RecordedCall(string Method, Uri Address, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Path and query.</summary>
    public string Path => Address.PathAndQuery;

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    public override string ToString() => $"{Method} {Path}";
}
