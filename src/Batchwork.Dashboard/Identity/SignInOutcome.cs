namespace Batchwork.Dashboard.Identity;

internal enum SignInOutcome
{
    /// <summary>Wrong, unknown, locked, disabled or tried too often: nobody is told which.</summary>
    Refused = 0,

    SignedIn = 1,

    /// <summary>The password was right; the authenticator app is asked next.</summary>
    NeedsSecondStep = 2,
}
