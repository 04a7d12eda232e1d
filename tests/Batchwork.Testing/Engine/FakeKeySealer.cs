using System.Text;
using Batchwork.Engine.Connections;

namespace Batchwork.Testing.Engine;

/// <summary>Hides nothing, but opens only for the row it sealed for, as the real one does.</summary>
public sealed class FakeKeySealer : IKeySealer
{
    public string Seal(Guid workspaceId, Guid connectionId, string key) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{workspaceId}|{connectionId}|{key}"));

    public string? Open(Guid workspaceId, Guid connectionId, string sealedKey)
    {
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(sealedKey));
        var prefix = $"{workspaceId}|{connectionId}|";
        return text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;
    }
}
