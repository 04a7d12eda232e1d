namespace Batchwork.Adapters;

/// <summary>Brings together what a call, the options and the environment say about a provider's credentials.</summary>
internal sealed class CredentialSource(BatchworkOptions options, Func<string, string?> environment)
{
    /// <summary>The credentials of a call: its own, field by field before those of the options, and at last the environment's key.</summary>
    public BatchCredentials Of(string provider, BatchCredentials? given)
    {
        var known = options.Credentials.TryGetValue(provider, out var set) ? set : null;
        return new BatchCredentials
        {
            ApiKey = First(given?.ApiKey, known?.ApiKey) ?? (options.UseEnvironmentKeys ? FromEnvironment(provider) : null),
            BaseUrl = given?.BaseUrl ?? known?.BaseUrl,
            Headers = given?.Headers ?? known?.Headers,
            Transport = given?.Transport ?? known?.Transport,
        };
    }

    private static string? First(string? one, string? other) =>
        !string.IsNullOrEmpty(one) ? one : string.IsNullOrEmpty(other) ? null : other;

    private string? FromEnvironment(string provider) =>
        ProviderNames.KeyVariables(provider).Select(environment).FirstOrDefault(key => !string.IsNullOrEmpty(key));
}
