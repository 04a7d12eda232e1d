namespace Batchwork.Dashboard.Identity;

/// <summary>What came of a change that an administrator made to an account.</summary>
internal enum PersonChange
{
    Done = 1,

    NotFound = 2,

    /// <summary>At least one administrator can sign in here, without the sign-in provider.</summary>
    LastAdministrator = 3,
}
