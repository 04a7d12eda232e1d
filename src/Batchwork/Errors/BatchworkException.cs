namespace Batchwork;

/// <summary>Base of everything this library throws on purpose. Its message may be shown to a person and holds no secret.</summary>
public class BatchworkException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public BatchworkException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
