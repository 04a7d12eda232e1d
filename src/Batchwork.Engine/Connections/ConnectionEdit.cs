using Batchwork.Engine.Workspaces;

namespace Batchwork.Engine.Connections;

/// <summary>What a person wrote into the form of a connection.</summary>
public sealed record ConnectionEdit
{
    /// <summary>The provider's id. It cannot be changed later.</summary>
    public required string Provider { get; init; }

    public required string Label { get; init; }

    /// <summary>The key; <see langword="null"/> or blank keeps the stored one.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Another address than the provider's public one; <see langword="null"/> or blank for that one.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>The role that is needed to start jobs over it: <see cref="Role.Creator"/>, <see cref="Role.Admin"/> or <see cref="Role.Owner"/>.</summary>
    public Role UsableBy { get; init; } = Role.Creator;

    /// <summary>Everything but the key.</summary>
    /// <returns>A text that may be logged.</returns>
    public override string ToString() => $"{nameof(ConnectionEdit)} {{ Provider = {Provider}, Label = {Label}, BaseUrl = {BaseUrl} }}";
}
