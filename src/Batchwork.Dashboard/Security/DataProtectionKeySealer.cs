using System.Security.Cryptography;
using Batchwork.Engine.Connections;
using Microsoft.AspNetCore.DataProtection;

namespace Batchwork.Dashboard.Security;

/// <summary>Seals provider keys with the installation's key ring. The purpose names workspace and connection: a sealed text copied to another row does not open there.</summary>
internal sealed class DataProtectionKeySealer(IDataProtectionProvider protection) : IKeySealer
{
    public string Seal(Guid workspaceId, Guid connectionId, string key) => Protector(workspaceId, connectionId).Protect(key);

    public string? Open(Guid workspaceId, Guid connectionId, string sealedKey)
    {
        try
        {
            return Protector(workspaceId, connectionId).Unprotect(sealedKey);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(Guid workspaceId, Guid connectionId) =>
        protection.CreateProtector("Batchwork.Connections.Key.v1", workspaceId.ToString("N"), connectionId.ToString("N"));
}
