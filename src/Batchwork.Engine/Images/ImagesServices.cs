using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Batchwork.Engine.Images;

internal static class ImagesServices
{
    public static IServiceCollection AddImages(this IServiceCollection services)
    {
        services.TryAddSingleton<IImageStore, FolderImageStore>();
        services.TryAddSingleton<IThumbnailStore, FolderThumbnailStore>();
        return services;
    }
}
