using Batchwork.Adapters;
using Batchwork.Http;
using Batchwork.Testing;

namespace Batchwork.Tests.Contract;

/// <summary>What a provider says in the situations that are the same for all of them. A new provider is one of these and a line in <see cref="All"/>.</summary>
public abstract class ProviderScript
{
    public const string Tag = "bw1-abc";
    public const string Png = "iVBORw0KGgoAAAANSUhEUg==";

    /// <summary>All providers.</summary>
    public static readonly IReadOnlyList<ProviderScript> All = [new OpenAIScript(), new GoogleScript(), new XAIScript()];

    public abstract string Provider { get; }

    public abstract string Model { get; }

    /// <summary>A model that makes no pictures.</summary>
    public abstract string TextModel { get; }

    public abstract string BatchId { get; }

    public abstract string FileId { get; }

    /// <summary>A batch in a status, with the tag and the file.</summary>
    public abstract string Batch(BatchStatus status);

    /// <summary>The statuses that the provider has words for.</summary>
    public abstract IReadOnlyList<BatchStatus> Statuses { get; }

    /// <summary>A page with this batch, and no further page.</summary>
    public abstract string Page(string batch);

    /// <summary>An error.</summary>
    public abstract string Error(string code, string message);

    /// <summary>The results of three requests: <c>cat</c> with a picture, <c>dog</c> refused, <c>elk</c> invalid. And one line that is none.</summary>
    public abstract string Results { get; }

    /// <summary>The batch whose results can be read.</summary>
    public abstract BatchSnapshot Done { get; }

    /// <summary>A list of models with one in it.</summary>
    public abstract string Models(string model);

    /// <summary>The answer to a cancel.</summary>
    public abstract string Cancelled { get; }

    /// <summary>The adapter on a handler, with pauses that take no time.</summary>
    public IBatchAdapter Over(HttpMessageHandler handler, BatchworkOptions? options = null)
    {
        options ??= new BatchworkOptions();
        var time = new HurriedTimeProvider();
        var transport = BatchTransport.Over(handler, options, time);
        return BuiltInAdapters.Factories[Provider](new TransportSource(() => transport, _ => null), options, time);
    }

    public override string ToString() => Provider;
}
