namespace Batchwork.Emulator.Files;

/// <summary>Reads the lines of an upload as one provider does.</summary>
internal interface ILineReader
{
    /// <summary>Reads a line that is not blank.</summary>
    LineFacts Read(ReadOnlySpan<byte> line, int number);

    /// <summary>The problem of a request whose id another one has; null if the provider does not mind.</summary>
    InputProblem? Duplicate(string customId, int number);

    /// <summary>The problem of a line too long to be read.</summary>
    InputProblem TooLong(int number);
}
