using System.Globalization;
using System.Net;
using Batchwork.Adapters;

namespace Batchwork.Engine.Connections;

/// <summary>Tries key and address with a free call and says in a sentence what it showed.</summary>
public sealed class ConnectionTester(ProviderAdapters adapters, TimeProvider time)
{
    private const long Mebi = 1024 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Asks the provider which models the key may use.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="credentials">Key and address.</param>
    /// <param name="cancellationToken">Cancels the trial.</param>
    /// <returns>What it showed.</returns>
    internal async Task<ConnectionTest> TryAsync(ProviderSummary provider, BatchCredentials credentials, CancellationToken cancellationToken)
    {
        var adapter = adapters.Of(provider.Id);
        using var patience = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return Describe(provider, adapter, await adapter.ListModelsAsync(credentials, either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"{Place(provider, credentials)} did not answer within {s_patience.TotalSeconds:0} seconds. The key was not judged. Try again.");
        }
        catch (ProviderException e)
        {
            return Failed(Explain(e, provider, credentials));
        }
        catch (BatchworkException e)
        {
            return Failed(e.Message);
        }
    }

    private static ConnectionTest Describe(ProviderSummary provider, IBatchAdapter adapter, IReadOnlyList<AvailableModel> available)
    {
        var byId = available.DistinctBy(m => m.Id).ToDictionary(m => m.Id, StringComparer.Ordinal);
        var models = adapter.Models
            .Where(rules => rules.Batch is not false && byId.ContainsKey(rules.Id))
            .Select(rules => new TestedModel(rules.Id, rules.DisplayName, byId[rules.Id].ShutDownOn ?? rules.ShutDownOn))
            .ToList();
        return new ConnectionTest
        {
            Works = true,
            Text = models.Count > 0
                ? $"It works, with {Join(models)}."
                : $"The key works, but {provider.Name} lists no model for picture batches under it. Its project or organisation may not have access.",
            Models = models,
            Limits = LimitsOf(adapter.Capabilities),
        };
    }

    private static string LimitsOf(AdapterCapabilities provider) => string.Create(
        CultureInfo.InvariantCulture,
        $"One batch holds up to {Math.Min(provider.MaxRequests, BatchLimits.Default.MaxRequests):N0} requests and {Math.Min(provider.MaxUploadBytes, BatchLimits.Default.MaxUploadBytes) / Mebi:N0} MB; larger jobs are split. How much your account may have in its queue, {provider.DisplayName} says only when it is full.");

    private static string Join(List<TestedModel> models) =>
        models.Count == 1 ? models[0].Name : string.Join(", ", models.SkipLast(1).Select(m => m.Name)) + " and " + models[^1].Name;

    private static ConnectionTest Failed(string text) => new() { Works = false, Text = text };

    private static string Explain(ProviderException e, ProviderSummary provider, BatchCredentials credentials) => e.Failure switch
    {
        ProviderFailure.KeyRejected => $"{provider.Name} does not accept this key{Code(e)}. Check that it was copied whole and is not revoked.",
        ProviderFailure.Forbidden => $"{provider.Name} knows this key but does not let it do this{Code(e)}. Check the rights of the key, its project and your region.",
        ProviderFailure.OutOfCredit => $"The key is right, but the {provider.Name} account is out of credit. Add credit there before you run a job.",
        ProviderFailure.RateLimited => $"{provider.Name} asks to slow down{Code(e)}. The key was not judged. Try again in a minute.",
        ProviderFailure.NotFound => $"{Place(provider, credentials)} answers, but has no such API{Code(e)}. Check the base URL.",
        ProviderFailure.Unavailable => $"{Place(provider, credentials)} is in trouble at the moment{Code(e)}. The key was not judged. Try again later.",
        ProviderFailure.UnexpectedAnswer => $"What answers at {Place(provider, credentials)} is not the API of {provider.Name}. Check the base URL.",
        // Says itself what is wrong with the name, the certificate or the way there.
        ProviderFailure.Connection => e.Message,
        _ => $"{Place(provider, credentials)} refused the trial{Code(e)}: {e.Message}",
    };

    private static string Code(ProviderException e) => e.StatusCode is { } status and not HttpStatusCode.OK ? $" ({(int)status})" : string.Empty;

    private static string Place(ProviderSummary provider, BatchCredentials credentials) => credentials.BaseUrl?.Host ?? provider.Name;
}
