namespace Batchwork.Emulator.Files;

/// <summary>Where a file comes from.</summary>
internal enum FilePart
{
    /// <summary>Uploaded.</summary>
    Input,

    /// <summary>Requests that came within the create of a batch; nobody sees them as a file.</summary>
    Inline,

    /// <summary>The answers of a batch.</summary>
    Output,

    /// <summary>The failures of a batch.</summary>
    Errors,
}
