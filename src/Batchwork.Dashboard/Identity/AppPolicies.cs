namespace Batchwork.Dashboard.Identity;

internal static class AppPolicies
{
    /// <summary>For who runs the installation.</summary>
    public const string Administrator = "administrator";
}
