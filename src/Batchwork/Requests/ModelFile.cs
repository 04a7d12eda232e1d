using System.Text.Json.Serialization;

namespace Batchwork;

/// <summary>A provider's <c>models.json</c>.</summary>
internal sealed record ModelFile
{
    /// <summary>The models.</summary>
    public required IReadOnlyList<ModelRules> Models { get; init; }

    /// <summary>Beginnings of the names of models that make no pictures.</summary>
    public IReadOnlyList<string> WithoutImages { get; init => field = value ?? []; } = [];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ModelFile))]
internal sealed partial class ModelFileContext : JsonSerializerContext;
