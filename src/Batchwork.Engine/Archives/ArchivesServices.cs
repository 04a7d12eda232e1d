using Microsoft.Extensions.DependencyInjection;

namespace Batchwork.Engine.Archives;

internal static class ArchivesServices
{
    public static IServiceCollection AddArchives(this IServiceCollection services) => services.AddSingleton<ArchiveService>();
}
