using Batchwork.Dashboard.Identity;

namespace Batchwork.Dashboard.Layout;

/// <summary>What the server knew about the person and the connection when the page was loaded.</summary>
/// <param name="Theme">The person's colours.</param>
/// <param name="IsEncrypted">Whether the page came over https.</param>
public sealed record ShellFacts(ThemeChoice Theme, bool IsEncrypted);
