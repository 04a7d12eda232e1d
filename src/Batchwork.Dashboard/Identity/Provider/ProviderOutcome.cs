namespace Batchwork.Dashboard.Identity.Provider;

/// <summary>What came of a sign-in at the provider.</summary>
internal enum ProviderOutcome
{
    Failed = 0,
    Entered = 1,

    /// <summary>Nobody here is connected to that account, and no setting says that it gets one.</summary>
    Unknown = 2,

    /// <summary>The provider does not say whose the address is.</summary>
    EmailNotVerified = 3,

    /// <summary>An account here has that address, and it is too powerful or too well guarded to be handed over on the provider's word alone.</summary>
    ConnectByHand = 4,
}
