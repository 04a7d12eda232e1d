namespace Batchwork.Emulator.Files;

/// <summary>How a request will end, as far as its line tells.</summary>
internal enum LineOutcome : byte
{
    /// <summary>With pictures.</summary>
    Succeeds,

    /// <summary>With an error.</summary>
    Fails,

    /// <summary>With an error the first time, with pictures after that.</summary>
    Flaky,

    /// <summary>The batch says it is done, but no line answers it.</summary>
    Silent,

    /// <summary>Not before the batch expires.</summary>
    NeverEnds,
}
