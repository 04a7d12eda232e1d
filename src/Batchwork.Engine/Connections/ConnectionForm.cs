using Batchwork.Engine.Hosting;
using Batchwork.Engine.Persistence;
using Batchwork.Engine.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Batchwork.Engine.Connections;

/// <summary>Judges what a person wrote into the form of a connection, all of it at once.</summary>
public sealed class ConnectionForm(ConnectionQueries queries, IOptions<EngineOptions> options)
{
    private const int LongestLabel = 80;
    private const int LongestKey = 1_000;

    /// <summary>Checks a form.</summary>
    /// <param name="context">For the labels that are taken.</param>
    /// <param name="edit">The form.</param>
    /// <param name="workspaceId">The workspace it is for.</param>
    /// <param name="stored">The connection that is changed; <see langword="null"/> for a new one.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The form's values, made tidy; or its faults.</returns>
    internal async Task<(ConnectionValues? Values, IReadOnlyList<ConnectionFault> Faults)> CheckAsync(
        EngineDbContext context, ConnectionEdit edit, Guid workspaceId, Connection? stored, CancellationToken cancellationToken)
    {
        var faults = new List<ConnectionFault>();
        var label = edit.Label?.Trim() ?? string.Empty;
        if (await LabelFaultAsync(context, label, workspaceId, stored?.Id, cancellationToken) is { } labelFault)
        {
            faults.Add(new(nameof(edit.Label), labelFault));
        }

        if (edit.UsableBy is not (Role.Creator or Role.Admin or Role.Owner))
        {
            faults.Add(new(nameof(edit.UsableBy), "Choose who may use it."));
        }

        var values = CheckAccess(edit, stored, faults);
        return faults.Count == 0 ? (values! with { Label = label }, []) : (null, faults);
    }

    /// <summary>Checks only what a trial needs: provider, key and address.</summary>
    /// <param name="edit">The form.</param>
    /// <param name="stored">The connection that is changed; <see langword="null"/> for a new one.</param>
    /// <param name="faults">Gets what is wrong.</param>
    /// <returns>The values without a label; <see langword="null"/> when something is wrong.</returns>
    internal ConnectionValues? CheckAccess(ConnectionEdit edit, Connection? stored, List<ConnectionFault> faults)
    {
        var before = faults.Count;
        var provider = queries.Providers.FirstOrDefault(p => p.Id == (stored?.Provider ?? edit.Provider));
        if (provider is null)
        {
            faults.Add(new(nameof(edit.Provider), "Choose a provider."));
            return null;
        }

        var (baseUrl, urlFault) = BaseUrlRules.Check(edit.BaseUrl, provider.PublicBaseUrl, options.Value.AllowPrivateAddresses);
        if (urlFault is not null)
        {
            faults.Add(new(nameof(edit.BaseUrl), urlFault));
        }

        var key = edit.ApiKey?.Trim();
        if (KeyFault(key, provider, stored, baseUrl) is { } keyFault)
        {
            faults.Add(new(nameof(edit.ApiKey), keyFault));
        }

        return faults.Count == before ? new ConnectionValues(provider, string.Empty, string.IsNullOrEmpty(key) ? null : key, baseUrl) : null;
    }

    private static async Task<string?> LabelFaultAsync(EngineDbContext context, string label, Guid workspaceId, Guid? own, CancellationToken cancellationToken)
    {
        if (label.Length is 0 or > LongestLabel)
        {
            return label.Length == 0 ? "Give it a label, for example “Studio” or “Client work”." : $"Use at most {LongestLabel} characters.";
        }

        var taken = await context.Connections
            .Where(c => c.WorkspaceId == workspaceId && c.DeletedAt == null && c.Id != own)
            .Select(c => c.Label)
            .ToListAsync(cancellationToken);
        return taken.Contains(label, StringComparer.OrdinalIgnoreCase) ? "Another connection has this label already." : null;
    }

    private static string? KeyFault(string? key, ProviderSummary provider, Connection? stored, string? baseUrl)
    {
        if (string.IsNullOrEmpty(key))
        {
            return stored?.SealedKey is null ? $"Enter the API key of your {provider.Name} account."
                : IsElsewhere(stored, baseUrl) ? "Enter the API key again: the stored one was given for another address and is not sent to this one."
                : null;
        }

        // A line break would end the header that carries it.
        return key.Length > LongestKey || key.Any(c => c is <= ' ' or > '~') ? "This is not an API key: it holds spaces, line breaks or other characters no key has. Copy it again." : null;
    }

    // Otherwise whoever may edit a connection could have its key sent to a server of their own and so read it.
    private static bool IsElsewhere(Connection stored, string? baseUrl) =>
        !string.Equals(Origin(stored.BaseUrl), Origin(baseUrl), StringComparison.OrdinalIgnoreCase);

    private static string? Origin(string? url) => url is null ? null : new Uri(url).GetLeftPart(UriPartial.Authority);
}
