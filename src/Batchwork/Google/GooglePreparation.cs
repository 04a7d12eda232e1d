using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Batchwork.Adapters;
using Batchwork.Json;

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
    public GooglePreparedBatch Prepare(ImageBatch batch, string model, DateOnly today, CancellationToken cancellationToken)
    {
        var rules = catalog.Find(model);
        var problems = new ProblemList(wholeBatch: true);
        BatchRules.Check(batch, capabilities, problems);
        BatchRules.CheckModel(model, rules, GoogleWire.DisplayName, today, problems);
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

        var payload = inline ? GoogleCreate.Inline(batch, ids.Ids, sizes) : null;
        return new GooglePreparedBatch
        {
            Batch = batch,
            Model = model,
            RequestCount = batch.Requests.Count,
            ByteCount = payload?.Length ?? measure.Bytes,
            Sha256 = payload is null ? measure.Hash : Convert.ToHexStringLower(SHA256.HashData(payload)),
            Warnings = problems.Warnings(),
            Ids = ids.Ids,
            Sizes = sizes,
            Inline = payload,
        };
    }

    private Measure CheckRequests(ImageBatch batch, ModelRules? rules, RequestIds ids, GoogleSizes sizes, ProblemList problems, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var body = new GoogleRequestBody(sizes);
        var line = new JsonBuffer();
        IReadOnlyDictionary<string, EffectiveValue<JsonNode>>? checkedOptions = null;
        var (count, bytes, inlineBytes) = (0L, 0L, (long)GoogleCreate.Around(batch));
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
            for (var number = 1; number <= Math.Min(request.N.Value, GoogleWire.MostPictures); number++)
            {
                var written = body.Write(request, number);
                CheckLength(request, written.Length, batch.Limits, problems);
                GoogleRequestLines.Write(line, new GooglePartKey(request.CustomId, number, request.N.Value), written.Span);
                hash.AppendData(line.Written.Span);
                bytes += line.Length;
                inlineBytes += line.Length + GoogleCreate.InlineExtra(count++ == 0);
            }
        }

        return new Measure(count, bytes, inlineBytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
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

    private readonly record struct Measure(long Count, long Bytes, long InlineBytes, string Hash);
}
