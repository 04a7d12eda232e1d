namespace Batchwork.Dashboard.Shared;

/// <summary>Where pictures are served.</summary>
public static class ImageUrls
{
    /// <summary>A small WebP of a picture.</summary>
    /// <param name="workspace">The picture's workspace.</param>
    /// <param name="imageId">The picture.</param>
    /// <returns>The address.</returns>
    public static string ThumbnailUrl(this WorkspaceContext workspace, Guid imageId) => workspace.Url($"images/{imageId}/thumbnail");

    /// <summary>A picture as it is, to be looked at.</summary>
    /// <inheritdoc cref="ThumbnailUrl"/>
    public static string ImageUrl(this WorkspaceContext workspace, Guid imageId) => workspace.Url($"images/{imageId}");

    /// <summary>A picture as it is, to be saved under a good name.</summary>
    /// <inheritdoc cref="ThumbnailUrl"/>
    public static string ImageFileUrl(this WorkspaceContext workspace, Guid imageId) => workspace.Url($"images/{imageId}/file");
}
