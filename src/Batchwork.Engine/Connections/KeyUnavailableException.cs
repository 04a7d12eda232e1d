namespace Batchwork.Engine.Connections;

/// <summary>A connection's key cannot be had. The message is for people.</summary>
public sealed class KeyUnavailableException : Exception
{
    private KeyUnavailableException(string message)
        : base(message)
    {
    }

    internal static KeyUnavailableException Gone() =>
        new("The connection was removed and its key destroyed. Choose another connection.");

    internal static KeyUnavailableException Sealed(string label) =>
        new($"The key of “{label}” cannot be opened here: it was sealed with another key ring (the folder keys in the data folder). Enter the key again under Connections.");
}
