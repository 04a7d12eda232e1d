using System.Text.Encodings.Web;
using System.Text.Json;

namespace Batchwork.Architecture.Tests.SupplyChain;

/// <summary>Writes a software bill of materials in the form of CycloneDX 1.6. The same packages give the same bytes.</summary>
internal static class BillOfMaterials
{
    private static readonly JsonWriterOptions s_layout = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(string version, IReadOnlyList<Package> packages)
    {
        var product = $"pkg:generic/batchwork-dashboard@{version}";
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, s_layout))
        {
            json.WriteStartObject();
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            json.WriteNumber("version", 1);
            json.WriteStartObject("metadata");
            json.WriteStartObject("component");
            json.WriteString("type", "application");
            json.WriteString("bom-ref", product);
            json.WriteString("name", "Batchwork Dashboard");
            json.WriteString("version", version);
            WriteLicense(json, "MIT");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("components");
            foreach (var package in packages)
            {
                WriteComponent(json, package);
            }

            WriteFont(json);
            json.WriteEndArray();
            WriteDependencies(json, product, packages);
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    private static void WriteComponent(Utf8JsonWriter json, Package package)
    {
        json.WriteStartObject();
        json.WriteString("type", "library");
        json.WriteString("bom-ref", package.Url);
        json.WriteString("name", package.Id);
        json.WriteString("version", package.Version);
        json.WriteString("purl", package.Url);
        json.WriteString("scope", package.IsShipped ? "required" : "excluded");
        if (package.Sha512.Length > 0)
        {
            json.WriteStartArray("hashes");
            json.WriteStartObject();
            json.WriteString("alg", "SHA-512");
            json.WriteString("content", package.Sha512);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        WriteLicense(json, package.License);
        json.WriteEndObject();
    }

    /// <summary>The one thing of others that is no package: it lies in <c>wwwroot-assets/fonts</c>.</summary>
    private static void WriteFont(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "data");
        json.WriteString("bom-ref", "font-inter");
        json.WriteString("name", "Inter");
        WriteLicense(json, "OFL-1.1");
        json.WriteEndObject();
    }

    private static void WriteLicense(Utf8JsonWriter json, string license)
    {
        json.WriteStartArray("licenses");
        json.WriteStartObject();
        if (Licenses.IsExpression(license))
        {
            json.WriteString("expression", license);
        }
        else
        {
            json.WriteStartObject("license");
            json.WriteString("name", license);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteDependencies(Utf8JsonWriter json, string product, IReadOnlyList<Package> packages)
    {
        var known = packages.ToDictionary(p => p.Id, StringComparer.OrdinalIgnoreCase);
        json.WriteStartArray("dependencies");
        WriteNeeds(json, product, packages.Select(p => p.Url));
        foreach (var package in packages)
        {
            WriteNeeds(json, package.Url, package.Needs.Where(known.ContainsKey).Select(n => known[n].Url).Order(StringComparer.Ordinal));
        }

        json.WriteEndArray();
    }

    private static void WriteNeeds(Utf8JsonWriter json, string of, IEnumerable<string> needs)
    {
        json.WriteStartObject();
        json.WriteString("ref", of);
        json.WriteStartArray("dependsOn");
        foreach (var need in needs)
        {
            json.WriteStringValue(need);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
