using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Shared;

/// <summary>The workspace a page shows and who looks at it. Pages under <c>/w/{slug}</c> get it as a cascading parameter.</summary>
/// <param name="Id">The workspace.</param>
/// <param name="Slug">Its part of addresses.</param>
/// <param name="Name">Its name.</param>
/// <param name="Actor">Who looks, for every call of an engine service.</param>
public sealed record WorkspaceContext(Guid Id, string Slug, string Name, Actor Actor)
{
    /// <summary>
    /// Whether who looks runs the installation, by the sign-in cookie. Good for showing a link; what the link leads to asks again
    /// (<see cref="Identity.Administrators"/>).
    /// </summary>
    public bool IsAdministrator { get; init; }

    /// <summary>The address of something in this workspace.</summary>
    /// <param name="path">For example <c>jobs/new</c>; empty for the workspace's home.</param>
    /// <returns>For example <c>/w/studio/jobs/new</c>.</returns>
    public string Url(string path)
    {
        var rest = path.TrimStart('/');
        return rest.Length == 0 ? $"/w/{Slug}" : $"/w/{Slug}/{rest}";
    }
}
