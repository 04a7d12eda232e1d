using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Batchwork.Http;

/// <summary>
/// Which network addresses may be called. Names and written forms are not judged (<c>①②⑦.⓪.⓪.①</c>, <c>0x7f.1</c> and DNS answers that change all get
/// past such checks): the address that is really connected to is. A name with several addresses is refused when one of them is.
/// </summary>
public sealed class AddressPolicy
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;

    /// <summary>Makes a policy.</summary>
    /// <param name="allowPrivateAddresses">Whether private, loopback and other special addresses are allowed as well.</param>
    public AddressPolicy(bool allowPrivateAddresses)
        : this(allowPrivateAddresses, Dns.GetHostAddressesAsync)
    {
    }

    internal AddressPolicy(bool allowPrivateAddresses, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        AllowPrivateAddresses = allowPrivateAddresses;
        _resolve = resolve;
    }

    /// <summary>Whether private, loopback and other special addresses are allowed as well.</summary>
    public bool AllowPrivateAddresses { get; }

    /// <summary>Whether an address may be connected to.</summary>
    /// <param name="address">The address, of either family.</param>
    /// <returns><see langword="true"/> for addresses of the public internet, and for all when private ones are allowed.</returns>
    public bool Allows(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return AllowPrivateAddresses || PublicAddresses.Contains(address);
    }

    /// <summary>Checks a base URL or another address that a person or a provider wrote, and resolves its name.</summary>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Cancels the resolving.</param>
    /// <returns>Why it may not be called, in a sentence; <see langword="null"/> when it may.</returns>
    public async Task<string?> FaultOfAsync(Uri address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            return "The address must begin with https:// or http://.";
        }

        if (address.UserInfo.Length > 0)
        {
            return "The address must not contain a name or a password.";
        }

        try
        {
            await ResolveAsync(address.IdnHost, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (AddressRefusedException refused)
        {
            return refused.Message;
        }
        catch (SocketException)
        {
            return $"The name {address.IdnHost} is not known on the network.";
        }
    }

    /// <summary>Connects to what a name stands for, if all its addresses are allowed. For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <param name="context">What to connect to.</param>
    /// <param name="cancellationToken">Cancels the connecting.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="AddressRefusedException">An address is not allowed.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var target = context.DnsEndPoint;

        // A proxy that the machine's owner set is not the caller's choice, and mostly has a private address.
        var addresses = IsProxy(target, context.InitialRequestMessage.RequestUri)
            ? await _resolve(target.Host, cancellationToken).ConfigureAwait(false)
            : await ResolveAsync(target.Host, cancellationToken).ConfigureAwait(false);
        return await ConnectAsync(addresses, target.Port, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As <see cref="ConnectAsync(SocketsHttpConnectionContext, CancellationToken)"/>, for a client that uses no proxy: nothing is taken for one, so nothing goes unjudged.</summary>
    internal async ValueTask<Stream> ConnectDirectlyAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        return await ConnectAsync(await ResolveAsync(target.Host, cancellationToken).ConfigureAwait(false), target.Port, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether a connection is the one to the machine's proxy. That proxy is asked, instead of comparing the connection with the request: the two spell
    /// the same host differently (<c>[::1]</c> and <c>::1</c>), and what is taken for a proxy goes unjudged.
    /// </summary>
    private static bool IsProxy(DnsEndPoint target, Uri? asked) =>
        asked is not null
        && HttpClient.DefaultProxy.GetProxy(asked) is { } proxy
        && proxy.Port == target.Port
        && string.Equals(proxy.IdnHost.Trim('[', ']'), target.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);

    /// <summary>Connects to one of the addresses that were judged. The name is not asked after again: a second answer could be another.</summary>
    private static async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal)
            ? [literal]
            : await _resolve(host, cancellationToken).ConfigureAwait(false);
        var refused = Array.Find(addresses, a => !Allows(a));
        return refused is null
            ? addresses
            : throw new AddressRefusedException(string.Create(CultureInfo.InvariantCulture, $"{host} leads to {refused}, which is not an address of the public internet."));
    }
}
