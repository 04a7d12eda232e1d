namespace Batchwork;

/// <summary>An address was not called because it leads into a private network; see <see cref="BatchworkOptions.AllowPrivateAddresses"/>.</summary>
public sealed class AddressRefusedException : BatchworkException
{
    /// <summary>Makes one.</summary>
    /// <param name="message">Which address, and why.</param>
    public AddressRefusedException(string message)
        : base(message)
    {
    }
}
