namespace Batchwork.CrashHarness.Injected;

public enum OrderKind
{
    /// <summary>Uploads a sheet, makes a draft of it and runs it.</summary>
    Run,
    Cancel,
    Retry,
    Delete,

    /// <summary>Removes the connection a job runs over.</summary>
    RemoveConnection,

    /// <summary>Decides that held parts of a job are sent again.</summary>
    SubmitAgain,

    /// <summary>Asks to look again for held parts, and tests the connection, which lifts its pause.</summary>
    CheckAgain,

    /// <summary>Lets time pass.</summary>
    Wait,

    /// <summary>An administrator says what a restored or copied folder is.</summary>
    ConfirmSafeMode,

    /// <summary>No person: the process that runs is told where to die.</summary>
    Arm,
}
