using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Batchwork.Tests.Batches;

/// <summary>A client on a handler.</summary>
internal static class TestClient
{
    public const string Key = "sk-test-0123456789";

    public static ImageBatchClient Over(
        HttpMessageHandler handler,
        BatchworkOptions? options = null,
        TimeProvider? time = null,
        Func<string, string?>? environment = null,
        ILoggerFactory? logging = null)
    {
        options ??= new BatchworkOptions().UseKey("openai", Key);
        time ??= new HurriedTimeProvider();
        var transport = BatchTransport.Over(handler, options, time);
        var adapters = BuiltInAdapters.All(new TransportSource(() => transport, _ => null), options, time, logging ?? NullLoggerFactory.Instance);
        return new ImageBatchClient(
            new AdapterSource(provider => adapters.GetValueOrDefault(provider)),
            new CredentialSource(options, environment ?? (_ => null)),
            options,
            time);
    }
}
