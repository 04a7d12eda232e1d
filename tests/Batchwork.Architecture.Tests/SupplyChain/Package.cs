namespace Batchwork.Architecture.Tests.SupplyChain;

/// <summary>A package that the product is built with.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha512">The hash of its file, in hex; empty when it is not known.</param>
/// <param name="License">Its licence as an SPDX expression, or the address where it stands.</param>
/// <param name="IsShipped">Whether something of it is in the product, and not only used while building it.</param>
/// <param name="Needs">Ids of the packages it needs.</param>
internal sealed record Package(string Id, string Version, string Sha512, string License, bool IsShipped, IReadOnlyList<string> Needs)
{
    /// <summary>Its package URL, which names it to programs that look for advisories.</summary>
    public string Url => $"pkg:nuget/{Id}@{Version}";
}
