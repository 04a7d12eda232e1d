namespace Batchwork.Engine.Connections;

/// <summary>Seals provider keys at rest. The dashboard implements it with Data Protection.</summary>
public interface IKeySealer
{
    /// <summary>Seals a key so that it opens only for the same workspace and connection.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="key">The key.</param>
    /// <returns>Text to store.</returns>
    string Seal(Guid workspaceId, Guid connectionId, string key);

    /// <summary>Opens a sealed key.</summary>
    /// <param name="workspaceId">The workspace it was sealed for.</param>
    /// <param name="connectionId">The connection it was sealed for.</param>
    /// <param name="sealedKey">What was stored.</param>
    /// <returns>The key, or <see langword="null"/> when it does not open here (another key ring, another row).</returns>
    string? Open(Guid workspaceId, Guid connectionId, string sealedKey);
}
