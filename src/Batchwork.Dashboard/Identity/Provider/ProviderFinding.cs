namespace Batchwork.Dashboard.Identity.Provider;

/// <summary>One thing that a test of the sign-in provider looked at.</summary>
/// <param name="What">What.</param>
/// <param name="IsGood">Whether it is as it must be.</param>
/// <param name="Text">What was found, for people.</param>
internal sealed record ProviderFinding(string What, bool IsGood, string Text);
