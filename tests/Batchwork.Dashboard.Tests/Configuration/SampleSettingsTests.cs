using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.Dashboard.Configuration;

namespace Batchwork.Dashboard.Tests.Configuration;

/// <summary>appsettings.sample.json promises every setting with its default.</summary>
public sealed class SampleSettingsTests
{
    private static readonly JsonObject s_sample = Read();

    public static TheoryData<string, Type, string> Settings()
    {
        var data = new TheoryData<string, Type, string>();
        foreach (var (section, options) in SettingsCheck.Sections)
        {
            foreach (var property in options.GetProperties().Where(p => p.CanWrite))
            {
                data.Add(section, options, property.Name);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Sample_EverySetting_StandsWithItsDefault(string section, Type options, string name)
    {
        JsonNode? node = s_sample;
        foreach (var part in section.Split(':'))
        {
            node = node?[part];
        }

        var here = Assert.IsType<JsonObject>(node);
        Assert.True(here.ContainsKey(name), $"{section}:{name} is not in appsettings.sample.json.");
        var value = options.GetProperty(name)!.GetValue(Activator.CreateInstance(options));
        Assert.Equal(JsonSerializer.Serialize(value), here[name]?.ToJsonString() ?? "null");
    }

    [Fact]
    public void Sample_NothingInIt_IsUnknown()
    {
        var known = SettingsCheck.Sections.SelectMany(s => s.Options.GetProperties().Select(p => $"{s.Section}:{p.Name}")).ToHashSet();
        var given = Leaves(s_sample["Batchwork"]!, "Batchwork");

        Assert.DoesNotContain(given, key => !known.Contains(key));
    }

    private static IEnumerable<string> Leaves(JsonNode node, string path) => node is JsonObject inner
        ? inner.SelectMany(p => p.Value is JsonObject ? Leaves(p.Value, $"{path}:{p.Key}") : [$"{path}:{p.Key}"])
        : [path];

    private static JsonObject Read()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "appsettings.sample.json")))
        {
            root = root.Parent;
        }

        var text = File.ReadAllText(Path.Combine(root.FullName, "appsettings.sample.json"));
        return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!.AsObject();
    }
}
