using System.Net;
using Batchwork.Http;
using Batchwork.Testing.Http;

namespace Batchwork.Tests.Http;

public sealed class AddressPolicyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("3fff::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Allows_SpecialAddress_OnlyWhenPrivateOnesAre(string address)
    {
        Assert.False(new AddressPolicy(allowPrivateAddresses: false).Allows(IPAddress.Parse(address)));
        Assert.True(new AddressPolicy(allowPrivateAddresses: true).Allows(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.32.0.1")]
    [InlineData("198.20.0.1")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2606:4700::1")]
    [InlineData("2a00:1450:4001::1")]
    public void Allows_PublicAddress_Always(string address) =>
        Assert.True(new AddressPolicy(allowPrivateAddresses: false).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://127.0.0.1/v1", "127.0.0.1 leads to 127.0.0.1")]
    [InlineData("https://2130706433/", "leads to 127.0.0.1")]
    [InlineData("https://0x7f.0.0.1/", "leads to 127.0.0.1")]
    [InlineData("https://127.1/", "leads to 127.0.0.1")]
    [InlineData("https://[::ffff:10.0.0.1]/", "leads to ::ffff:10.0.0.1")]
    [InlineData("https://[64:ff9b::7f00:1]/", "not an address of the public internet")]
    [InlineData("https://localhost/", "localhost leads to")]
    [InlineData("https://①②⑦.⓪.⓪.①/", "leads to 127.0.0.1")]
    [InlineData("ftp://8.8.8.8/", "must begin with https://")]
    [InlineData("https://name:pass@8.8.8.8/", "must not contain a name")]
    public async Task FaultOf_AddressThatMustNotBeCalled_SaysWhy(string address, string why) =>
        Assert.Contains(why, await new AddressPolicy(allowPrivateAddresses: false).FaultOfAsync(new Uri(address), Token) ?? "", StringComparison.Ordinal);

    [Fact]
    public async Task FaultOf_PublicAddress_IsNone() =>
        Assert.Null(await new AddressPolicy(allowPrivateAddresses: false).FaultOfAsync(new Uri("https://8.8.8.8/v1"), Token));

    [Theory]
    [InlineData("paid")]
    [InlineData("reads")]
    [InlineData("untrusted")]
    public async Task Clients_PrivateAddress_IsNotConnectedTo(string client)
    {
        await using var server = new LoopbackServer(_ => LoopbackReply.Json("{}"));
        using var strict = BatchTransport.ToNetwork();
        using var open = BatchTransport.ToNetwork(new BatchworkOptions { AllowPrivateAddresses = true });

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Of(strict).GetAsync(server.Address, Token));
        Assert.IsType<AddressRefusedException>(refused.InnerException);
        Assert.Empty(server.Calls);

        using var response = await Of(open).GetAsync(server.Address, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        HttpClient Of(BatchTransport transport) => client switch { "paid" => transport.Paid, "reads" => transport.Reads, _ => transport.Untrusted };
    }
}
