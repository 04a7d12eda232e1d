using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Batchwork.Adapters;

namespace Batchwork.OpenAI;

/// <summary>Checks a batch, writes its lines once to measure them, and keeps none.</summary>
internal sealed class OpenAIPreparation(ModelCatalog catalog, AdapterCapabilities capabilities)
{
    private const int RequestsBetweenChecks = 1024;

    private readonly OpenAIRules _rules = new(catalog);

    public IReadOnlyList<RequestProblem> Check(EffectiveRequest request, string model)
    {
        var problems = new ProblemList(wholeBatch: false);
        var rules = catalog.Find(model);
        OpenAIRules.CheckRequest(request, rules, problems);
        _rules.CheckOptions(request, rules, OpenAIOptions.Resolve(request.Options), problems);
        return problems.All();
    }

    /// <exception cref="BatchValidationException">Something cannot be sent; all problems are named.</exception>
    public OpenAIPreparedBatch Prepare(ImageBatch batch, DateOnly today, CancellationToken cancellationToken)
    {
        var model = ModelId.Parse(batch.Model).Model;
        var rules = catalog.Find(model);
        var problems = new ProblemList(wholeBatch: true);
        BatchRules.Check(batch, capabilities, problems);
        BatchRules.CheckModel(model, rules, OpenAIWire.DisplayName, today, problems);
        OpenAIRules.CheckBatch(batch, problems);
        var ids = RequestIds.Assign(batch.Requests);
        BatchRules.CheckIds(ids, problems);

        var (length, hash) = CheckRequests(batch, model, rules, ids, problems, cancellationToken);
        BatchRules.CheckUpload(length, batch.Limits, capabilities, problems);
        return problems.HasErrors
            ? throw BatchValidationException.Of(problems.All())
            : new OpenAIPreparedBatch
            {
                Batch = batch,
                Model = model,
                RequestCount = batch.Requests.Count,
                ByteCount = length,
                Sha256 = hash,
                Warnings = problems.Warnings(),
                Ids = ids.Ids,
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
        var lines = new OpenAIRequestLines(model);
        IReadOnlyDictionary<string, EffectiveValue<JsonNode>>? checkedOptions = null;
        var length = 0L;
        foreach (var request in EffectiveRequest.MergeAll(batch.Requests, ids.Ids, batch.Defaults, OpenAIWire.Provider))
        {
            if (request.Index % RequestsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            OpenAIRules.CheckRequest(request, rules, problems);
            if (!ReferenceEquals(request.Options, checkedOptions))
            {
                // Rows without options of their own share those of the defaults, and what is wrong with these is told once.
                _rules.CheckOptions(request, rules, lines.Options(request), problems);
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
