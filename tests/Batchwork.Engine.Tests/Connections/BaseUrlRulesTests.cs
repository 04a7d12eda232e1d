using Batchwork.Engine.Connections;

namespace Batchwork.Engine.Tests.Connections;

public sealed class BaseUrlRulesTests
{
    private const string Public = "https://api.openai.com/v1";

    [Theory]
    [InlineData(null, null)]
    [InlineData("  ", null)]
    [InlineData("https://api.openai.com/v1/", null)]
    [InlineData("https://gateway.example.com/openai/v1/", "https://gateway.example.com/openai/v1")]
    [InlineData("HTTPS://Gateway.Example.com:8443", "https://gateway.example.com:8443")]
    public void Check_OfAFitAddress_KeepsItTidyAndThePublicOneAsNone(string? text, string? kept)
    {
        Assert.Equal((kept, (string?)null), BaseUrlRules.Check(text, Public, allowPrivate: false));
    }

    [Theory]
    [InlineData("gateway.example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://gateway.example.com")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user:word@gateway.example.com")]
    [InlineData("https://gateway.example.com/v1?x=1")]
    [InlineData("https://gateway.example.com/v1#x")]
    [InlineData("http://gateway.example.com/v1")]
    public void Check_OfAnUnfitAddress_SaysWhy(string text)
    {
        var (url, fault) = BaseUrlRules.Check(text, Public, allowPrivate: true);

        Assert.Null(url);
        Assert.NotNull(fault);
    }

    [Theory]
    [InlineData("http://localhost:5090/openai/v1")]
    [InlineData("http://localhost.:5090")]
    [InlineData("http://127.0.0.1:5090")]
    [InlineData("http://127.1")]
    [InlineData("http://2130706433")]
    [InlineData("http://0x7f.0.0.1")]
    [InlineData("http://①②⑦.⓪.⓪.①")]
    [InlineData("http://0.0.0.0")]
    [InlineData("http://[::1]:5090")]
    [InlineData("http://[::]")]
    [InlineData("http://[::ffff:10.0.0.1]")]
    [InlineData("http://[64:ff9b::7f00:1]")]
    [InlineData("https://10.1.2.3")]
    [InlineData("https://172.20.0.2")]
    [InlineData("https://192.168.1.10/v1")]
    [InlineData("https://169.254.169.254")]
    [InlineData("https://100.64.0.1")]
    [InlineData("https://[fd00::1]")]
    [InlineData("https://gateway")]
    [InlineData("https://gateway.internal")]
    public void Check_OfAPrivateAddress_IsRefusedUnlessTheSettingAllowsIt(string text)
    {
        Assert.Contains("Batchwork__AllowPrivateAddresses", BaseUrlRules.Check(text, Public, allowPrivate: false).Fault, StringComparison.Ordinal);
        Assert.Null(BaseUrlRules.Check(text, Public, allowPrivate: true).Fault);
    }
}
