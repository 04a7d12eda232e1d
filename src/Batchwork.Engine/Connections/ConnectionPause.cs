namespace Batchwork.Engine.Connections;

/// <summary>Why work over a connection stands still.</summary>
public enum ConnectionPause
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>The provider does not accept the key any more: nothing can be called.</summary>
    KeyRejected = 1,

    /// <summary>The account is out of credit: nothing new is sent, but what is at the provider is paid for and still collected.</summary>
    OutOfCredit = 2,

    /// <summary>The key cannot be opened here.</summary>
    KeyUnavailable = 3,
}
