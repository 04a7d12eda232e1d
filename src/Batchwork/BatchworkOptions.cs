namespace Batchwork;

/// <summary>Settings of the client. All have defaults that suit the public APIs.</summary>
public sealed class BatchworkOptions
{
    /// <summary>Key, base URL and headers by provider id. What a batch brings itself wins, field by field; a missing key is looked for in the environment.</summary>
    public IDictionary<string, BatchCredentials> Credentials { get; } = new Dictionary<string, BatchCredentials>(StringComparer.Ordinal);

    /// <summary>Whether keys that are given nowhere else are read from the environment (<c>OPENAI_API_KEY</c>, …). Default true.</summary>
    public bool UseEnvironmentKeys { get; set; } = true;

    /// <summary>Whether base URLs and hosted pictures may lead to private, loopback or link-local addresses. Default false; a gateway in one's own network needs it.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long a connection may take to be made. Default 15 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an upload may take, all in all. Default 15 minutes.</summary>
    public TimeSpan UploadTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long to wait for the answer to a batch create. Default 2 minutes: giving up early leaves its outcome unknown.</summary>
    public TimeSpan CreateTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long to wait for the beginning of any other answer. Default 60 seconds.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a download may stand still before it is taken up again. Default 60 seconds.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a read is tried at most before its failure is told. Default 5; 1 means no retry.</summary>
    public int MaxReadAttempts { get; set; } = 5;

    /// <summary>The first pause between two tries of a read; doubled each time, with jitter. Default half a second.</summary>
    public TimeSpan FirstRetryWait { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause a read makes by itself. A provider that asks for more gets its failure told, with <see cref="ProviderException.RetryAfter"/>. Default 2 minutes.</summary>
    public TimeSpan MaxRetryWait { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Rules of models by provider id, which replace the built-in ones of the same model or add to them.</summary>
    public IDictionary<string, IReadOnlyList<ModelRules>> ModelRules { get; } = new Dictionary<string, IReadOnlyList<ModelRules>>(StringComparer.Ordinal);

    /// <summary>Whether a model that is not known here is sent to its provider, with a warning. Default true: rules age faster than programs are updated. If not, it is an error.</summary>
    public bool AllowUnknownModels { get; set; } = true;

    /// <summary>Finds the addresses of a name, in place of the machine's own resolver.</summary>
    internal Func<string, CancellationToken, Task<System.Net.IPAddress[]>>? Resolve { get; set; }

    /// <summary>Sets a provider's key.</summary>
    /// <param name="provider">The provider's id, for example <c>openai</c>.</param>
    /// <param name="apiKey">Its key.</param>
    /// <returns>These options.</returns>
    public BatchworkOptions UseKey(string provider, string apiKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentException.ThrowIfNullOrEmpty(apiKey);
        Credentials[provider] = (Credentials.TryGetValue(provider, out var known) ? known : new BatchCredentials()) with { ApiKey = apiKey };
        return this;
    }
}
