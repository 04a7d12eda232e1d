using Batchwork.Emulator.Batches;

namespace Batchwork.Emulator.Faults;

/// <summary>What an operation is asked to get wrong in its own answer.</summary>
internal sealed class RequestTwists
{
    public bool IgnoreRange { get; set; }

    public bool WrongRange { get; set; }

    /// <summary>For a cancel: it is answered as if it were heeded, and the batch goes on (F47).</summary>
    public bool ForgetCancel { get; set; }

    public ListTwist List { get; set; }

    /// <summary>For a create: lines of the results to come.</summary>
    public List<LineFault> Lines { get; } = [];

    /// <summary>For a create that is made twice: the rule that wants it.</summary>
    public string? AcceptedFor { get; set; }
}
