using Batchwork.Engine.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Benchmarks;

/// <summary>Seals keys as the app does, into its own key ring, so that the app opens what was prepared here.</summary>
internal sealed class AppKeySealer(IDataProtectionProvider protection) : IKeySealer
{
    public string Seal(Guid workspaceId, Guid connectionId, string key) => Protector(workspaceId, connectionId).Protect(key);

    public string? Open(Guid workspaceId, Guid connectionId, string sealedKey) => Protector(workspaceId, connectionId).Unprotect(sealedKey);

    private IDataProtector Protector(Guid workspaceId, Guid connectionId) =>
        protection.CreateProtector("Batchwork.Connections.Key.v1", workspaceId.ToString("N"), connectionId.ToString("N"));
}

/// <summary>Registers it.</summary>
internal static class AppKeySealerServices
{
    public static void AddAppKeySealer(this IServiceCollection services, string dataFolder)
    {
        services.AddDataProtection().SetApplicationName("Batchwork").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(dataFolder, "keys")));
        services.AddSingleton<IKeySealer, AppKeySealer>();
    }
}
