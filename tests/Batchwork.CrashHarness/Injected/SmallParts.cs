using Batchwork.Adapters;
using Batchwork.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Batchwork.CrashHarness.Injected;

/// <summary>An adapter with a smaller limit of requests than the real one, so that a job of twenty rows has several parts.</summary>
internal sealed class SmallParts(IBatchAdapter adapter, int most) : IBatchAdapter
{
    public string Provider => adapter.Provider;

    public AdapterCapabilities Capabilities { get; } = adapter.Capabilities with { MaxRequests = most };

    public IReadOnlyList<ModelRules> Models => adapter.Models;

    /// <summary>The library's own adapter, on the app's own clients, clock and settings.</summary>
    public static SmallParts Of(string provider, int most, IServiceProvider app)
    {
        var services = new ServiceCollection();
        services.AddSingleton(app.GetRequiredService<IBatchTransport>());
        services.AddSingleton(app.GetRequiredService<TimeProvider>());
        services.AddSingleton(app.GetRequiredService<ILoggerFactory>());
        services.AddBatchwork();
        services.AddSingleton(app.GetRequiredService<IOptions<BatchworkOptions>>());
        return new SmallParts(services.BuildServiceProvider().GetRequiredKeyedService<IBatchAdapter>(provider), most);
    }

    public IReadOnlyList<RequestProblem> Check(EffectiveRequest request, string model) => adapter.Check(request, model);

    public ValueTask<PreparedBatch> PrepareAsync(ImageBatch batch, CancellationToken cancellationToken) => adapter.PrepareAsync(batch, cancellationToken);

    public ValueTask<UploadedInput> UploadAsync(PreparedBatch batch, BatchCredentials credentials, CancellationToken cancellationToken) =>
        adapter.UploadAsync(batch, credentials, cancellationToken);

    public ValueTask<UploadedInput?> FindUploadAsync(string tag, BatchCredentials credentials, CancellationToken cancellationToken) =>
        adapter.FindUploadAsync(tag, credentials, cancellationToken);

    public ValueTask<BatchSnapshot> CreateAsync(PreparedBatch batch, UploadedInput input, BatchCredentials credentials, CancellationToken cancellationToken) =>
        adapter.CreateAsync(batch, input, credentials, cancellationToken);

    public ValueTask<IReadOnlyList<BatchSnapshot>> FindByTagAsync(BatchSearch search, BatchCredentials credentials, CancellationToken cancellationToken) =>
        adapter.FindByTagAsync(search, credentials, cancellationToken);

    public ValueTask<BatchSnapshot> RetrieveAsync(string batchId, BatchCredentials credentials, CancellationToken cancellationToken) =>
        adapter.RetrieveAsync(batchId, credentials, cancellationToken);

    public IAsyncEnumerable<BatchSnapshot> ListAsync(BatchCredentials credentials, CancellationToken cancellationToken) =>
        adapter.ListAsync(credentials, cancellationToken);

    public IAsyncEnumerable<BatchResult> ReadResultsAsync(BatchSnapshot batch, ResultReadOptions options, BatchCredentials credentials, CancellationToken cancellationToken) =>
        adapter.ReadResultsAsync(batch, options, credentials, cancellationToken);

    public ValueTask<BatchSnapshot> CancelAsync(string batchId, BatchCredentials credentials, CancellationToken cancellationToken) =>
        adapter.CancelAsync(batchId, credentials, cancellationToken);

    public ValueTask DeleteFileAsync(string fileId, BatchCredentials credentials, CancellationToken cancellationToken) =>
        adapter.DeleteFileAsync(fileId, credentials, cancellationToken);

    public ValueTask<IReadOnlyList<AvailableModel>> ListModelsAsync(BatchCredentials credentials, CancellationToken cancellationToken) =>
        adapter.ListModelsAsync(credentials, cancellationToken);
}
