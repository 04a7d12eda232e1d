namespace Batchwork;

/// <summary>What a result means for the person who asked, finer than <see cref="BatchResultStatus"/>.</summary>
public enum ResultOutcome
{
    /// <summary>All pictures that were asked for, as far as the client knows how many those are.</summary>
    Succeeded,

    /// <summary>The provider's safety system or policy said no. Sending the same again rarely helps.</summary>
    Refused,

    /// <summary>The request itself is wrong; it must be changed before it is sent again.</summary>
    Invalid,

    /// <summary>It may well work when sent again.</summary>
    Transient,

    /// <summary>The batch's time ran out first.</summary>
    Expired,

    /// <summary>The batch was cancelled first.</summary>
    Cancelled,

    /// <summary>The provider said success, but there is no picture in its answer.</summary>
    NoImage,

    /// <summary>This line of the results, or the data of all its pictures, could not be read. <see cref="BatchResult.CustomId"/> may be empty.</summary>
    Unreadable,

    /// <summary>Some of the pictures that were asked for; <see cref="BatchResult.Error"/> says why not all. Told where the provider makes each picture by itself (Google).</summary>
    Partial,
}
