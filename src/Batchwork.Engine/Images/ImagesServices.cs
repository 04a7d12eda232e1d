using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Batchwork.Engine.Images;

internal static class ImagesServices
{
    public static IServiceCollection AddImages(this IServiceCollection services)
    {
        services.TryAddSingleton<IImageStore, FolderImageStore>();
        services.TryAddSingleton<IThumbnailer, VipsThumbnailer>();
        services.AddSingleton<ThumbnailFolder>();
        services.AddSingleton(provider => new Thumbnails(
            provider.GetRequiredService<IImageStore>(), provider.GetRequiredService<IThumbnailer>(), provider.GetRequiredService<ThumbnailFolder>()));
        services.AddSingleton<ImageQueries>();
        services.AddSingleton<GalleryQueries>();
        services.AddSingleton<ThumbnailWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<ThumbnailWorker>());
        return services;
    }
}
