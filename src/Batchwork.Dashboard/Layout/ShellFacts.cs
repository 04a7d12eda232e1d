using Batchwork.Dashboard.Identity;
using Batchwork.Engine.Workspaces;

namespace Batchwork.Dashboard.Layout;

/// <summary>What the server knew about the person and the connection when the page was loaded.</summary>
/// <param name="Theme">The person's colours.</param>
/// <param name="IsEncrypted">Whether the page came over https.</param>
/// <param name="Origin">From where the page was loaded.</param>
public sealed record ShellFacts(ThemeChoice Theme, bool IsEncrypted, Origin? Origin);
