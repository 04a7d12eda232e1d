using System.Text.Json;
using System.Xml.Linq;
using Batchwork.Architecture.Tests.Reading;
using Batchwork.Architecture.Tests.SupplyChain;

namespace Batchwork.Architecture.Tests;

/// <summary>What of others is in the product, under which licences. Writes the bill of materials and the list of licences to <c>artifacts/supply-chain</c>.</summary>
public sealed class SupplyChainTests
{
    private static readonly Lazy<IReadOnlyList<Package>> s_packages = new(PackageReader.Read);

    [Fact]
    public void Packages_EachHasALicenceThatWeAccept()
    {
        Assert.True(s_packages.Value.Count > 20, "The product has more packages than that.");
        Assert.Empty(s_packages.Value.Where(p => !Licenses.IsAccepted(p.License)).Select(p => $"{p.Id} {p.Version}: {p.License}"));
    }

    [Fact]
    public void Packages_AreNamedWithTheirHashes() =>
        Assert.Empty(s_packages.Value.Where(p => p.Sha512.Length != 128).Select(p => p.Id));

    [Fact]
    public void BillOfMaterials_NamesEveryPackageOnceAndIsWritten()
    {
        var bill = BillOfMaterials.Write(Version(), s_packages.Value);

        Assert.Equal(bill, BillOfMaterials.Write(Version(), s_packages.Value));
        using var json = JsonDocument.Parse(bill);
        var root = json.RootElement;
        Assert.Equal(("CycloneDX", "1.6"), (root.GetProperty("bomFormat").GetString(), root.GetProperty("specVersion").GetString()));
        var components = root.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("bom-ref").GetString()!).ToList();
        Assert.Equal(components.Count, components.Distinct().Count());
        Assert.Contains(components, c => c.StartsWith("pkg:nuget/MudBlazor@", StringComparison.Ordinal));
        Assert.Contains(components, c => c.StartsWith("pkg:nuget/NetVips.Native", StringComparison.Ordinal));
        var references = root.GetProperty("dependencies").EnumerateArray().SelectMany(d => d.GetProperty("dependsOn").EnumerateArray()).Select(d => d.GetString()!);
        Assert.Empty(references.Except(components));
        WriteFiles(bill);
    }

    [Theory]
    [InlineData("MIT", true)]
    [InlineData("(MIT OR Apache-2.0)", true)]
    [InlineData("GPL-3.0-only", false)]
    [InlineData("MIT AND GPL-3.0-only", false)]
    [InlineData("file:LICENSE.txt", false)]
    [InlineData("https://example.org/license", false)]
    [InlineData("", false)]
    public void Licence_ThatNobodyRead_IsNotAccepted(string license, bool isAccepted) => Assert.Equal(isAccepted, Licenses.IsAccepted(license));

    private static string Version() => XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

    private static void WriteFiles(byte[] bill)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "supply-chain")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "batchwork-dashboard.cdx.json"), bill);
        var lines = s_packages.Value.Select(p => $"| {p.Id} | {p.Version} | {p.License} | {(p.IsShipped ? "shipped" : "build")} |");
        File.WriteAllLines(Path.Combine(folder, "licences.md"), ["| package | version | licence | |", "|---|---|---|---|", .. lines, "| Inter (font) | | OFL-1.1 | shipped |"]);
    }
}
