using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Batchwork.Adapters;

namespace Batchwork.Google;

/// <summary>Checks a batch, writes its requests once to measure them, decides how it is sent, and keeps none.</summary>
internal sealed class GooglePreparation(ModelCatalog catalog, AdapterCapabilities capabilities)
{
    private const int RequestsBetweenChecks = 1024;

    private readonly GoogleRules _rules = new(catalog);

    public IReadOnlyList<RequestProblem> Check(EffectiveRequest request, string model)
    {
        var problems = new ProblemList(wholeBatch: false);
        var rules = catalog.Find(GoogleWire.Model(model));
        var sizes = new GoogleSizes(rules, catalog);
        var body = new GoogleRequestBody(sizes);
        GoogleRules.CheckRequest(request, rules, problems);
        _rules.CheckOptions(request, rules, body.Options(request), problems);
        GoogleShapeRules.Check(request, rules, body.Shape(request), sizes, problems);
        return problems.All();
    }

    /// <exception cref="BatchValidationException">Something cannot be sent; all problems are named.</exception>
    public PreparedBatch Prepare(ImageBatch batch, string model, DateOnly today, CancellationToken cancellationToken)
    {
        var rules = catalog.Find(model);
        var problems = new ProblemList(wholeBatch: true);
        BatchRules.Check(batch, capabilities, problems);
        BatchRules.CheckModel(model, catalog, GoogleWire.DisplayName, today, problems);
        GoogleRules.CheckBatch(batch, problems);
        var ids = RequestIds.Assign(batch.Requests);
        BatchRules.CheckIds(ids, problems);

        var sizes = new GoogleSizes(rules, catalog);
        var measure = CheckRequests(batch, rules, ids, sizes, problems, cancellationToken);
        var inline = measure.Count <= GoogleWire.MostInlineRequests && measure.InlineBytes <= GoogleWire.MostInlineBytes;
        BatchRules.CheckUpload(inline ? measure.InlineBytes : measure.Bytes, batch.Limits, capabilities, problems);
        if (problems.HasErrors)
        {
            throw BatchValidationException.Of(problems.All());
        }

        if (!inline)
        {
            return new LinesPreparedBatch
            {
                Batch = batch,
                Model = model,
                RequestCount = batch.Requests.Count,
                ByteCount = measure.Bytes,
                Sha256 = measure.Hash,
                Warnings = problems.Warnings(),
                Ids = ids.Ids,
                Provider = GoogleWire.Provider,
                Writer = () => Writer(sizes),
            };
        }

        var call = GoogleCreate.Inline(batch, ids.Ids, sizes);
        return new GoogleInlineBatch
        {
            Batch = batch,
            Model = model,
            RequestCount = batch.Requests.Count,
            ByteCount = call.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(call)),
            Warnings = problems.Warnings(),
            Call = call,
        };
    }

    /// <summary>How long requests become: as a part of the create call, where they are a little longer than as lines.</summary>
    public Func<EffectiveRequest, long> Measure(string model)
    {
        var lines = Writer(new GoogleSizes(catalog.Find(model), catalog));
        return request => lines.Write(request).Length + (GoogleCreate.LongerThanALine * (long)request.N.Value);
    }

    private static GoogleRequestWriter Writer(GoogleSizes sizes) => new(new GoogleRequestBody(sizes));

    private Measured CheckRequests(ImageBatch batch, ModelRules? rules, RequestIds ids, GoogleSizes sizes, ProblemList problems, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var body = new GoogleRequestBody(sizes);
        var lines = new GoogleRequestWriter(body);
        IReadOnlyDictionary<string, EffectiveValue<JsonNode>>? checkedOptions = null;
        var (count, bytes) = (0L, 0L);
        foreach (var request in EffectiveRequest.MergeAll(batch.Requests, ids.Ids, batch.Defaults, GoogleWire.Provider))
        {
            if (request.Index % RequestsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            GoogleRules.CheckRequest(request, rules, problems);
            if (!ReferenceEquals(request.Options, checkedOptions))
            {
                // Rows without options of their own share those of the defaults, and what is wrong with these is told once.
                _rules.CheckOptions(request, rules, body.Options(request), problems);
                checkedOptions = request.Options;
            }

            GoogleShapeRules.Check(request, rules, body.Shape(request), sizes, problems);
            var written = lines.Write(request);
            CheckLength(request, lines.BodyLength, batch.Limits, problems);
            hash.AppendData(written.Span);
            bytes += written.Length;
            count += request.N.Value;
        }

        return new Measured(count, bytes, bytes + GoogleCreate.LongerInline(batch, count), Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void CheckLength(EffectiveRequest request, int length, BatchLimits limits, ProblemList problems)
    {
        if (limits.MaxRequestBytes > 0 && length > limits.MaxRequestBytes)
        {
            problems.Error(
                "request-too-large",
                request.CustomId,
                null,
                string.Create(CultureInfo.InvariantCulture, $"The request is {length} bytes, more than the limit of {limits.MaxRequestBytes}."));
        }
    }

    private readonly record struct Measured(long Count, long Bytes, long InlineBytes, string Hash);
}
