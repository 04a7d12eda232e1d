using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Batchwork.Adapters;

namespace Batchwork;

/// <summary>Checks a batch, writes its lines once to measure them, and keeps none.</summary>
internal sealed class BatchPreparation(ModelCatalog catalog, AdapterCapabilities capabilities, IRequestForm form)
{
    private const int RequestsBetweenChecks = 1024;

    public Func<EffectiveRequest, long> Measure(string model)
    {
        var lines = form.Writer(model);
        return request => lines.Write(request).Length;
    }

    public IReadOnlyList<RequestProblem> Check(EffectiveRequest request, string model)
    {
        var problems = new ProblemList(wholeBatch: false);
        var rules = catalog.Find(model);
        form.CheckRequest(request, rules, problems);
        form.CheckOptions(request, rules, problems);
        return problems.All();
    }

    /// <exception cref="BatchValidationException">Something cannot be sent; all problems are named.</exception>
    public LinesPreparedBatch Prepare(ImageBatch batch, DateOnly today, CancellationToken cancellationToken)
    {
        var model = ModelId.Parse(batch.Model).Model;
        var rules = catalog.Find(model);
        var problems = new ProblemList(wholeBatch: true);
        BatchRules.Check(batch, capabilities, problems);
        BatchRules.CheckModel(model, catalog, form.DisplayName, today, problems);
        form.CheckBatch(batch, problems);
        var ids = RequestIds.Assign(batch.Requests);
        BatchRules.CheckIds(ids, problems);

        var (length, hash) = CheckRequests(batch, model, rules, ids, problems, cancellationToken);
        BatchRules.CheckUpload(length, batch.Limits, capabilities, problems);
        return problems.HasErrors
            ? throw BatchValidationException.Of(problems.All())
            : new LinesPreparedBatch
            {
                Batch = batch,
                Model = model,
                RequestCount = batch.Requests.Count,
                ByteCount = length,
                Sha256 = hash,
                Warnings = problems.Warnings(),
                Ids = ids.Ids,
                Provider = form.Provider,
                Writer = () => form.Writer(model),
            };
    }

    private (long Length, string Hash) CheckRequests(
        ImageBatch batch,
        string model,
        ModelRules? rules,
        RequestIds ids,
        ProblemList problems,
        CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = form.Writer(model);
        IReadOnlyDictionary<string, EffectiveValue<JsonNode>>? checkedOptions = null;
        var length = 0L;
        foreach (var request in EffectiveRequest.MergeAll(batch.Requests, ids.Ids, batch.Defaults, form.Provider))
        {
            if (request.Index % RequestsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            form.CheckRequest(request, rules, problems);
            if (!ReferenceEquals(request.Options, checkedOptions))
            {
                // Rows without options of their own share those of the defaults, and what is wrong with these is told once.
                form.CheckOptions(request, rules, problems);
                checkedOptions = request.Options;
            }

            var line = lines.Write(request);
            CheckLength(request, lines.BodyLength, batch.Limits, problems);
            hash.AppendData(line.Span);
            length += line.Length;
        }

        return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
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
}
