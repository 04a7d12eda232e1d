using System.Diagnostics;

namespace Batchwork.Benchmarks;

/// <summary>How fast the library saves results from a <see cref="LoadSource"/> to image files.</summary>
internal sealed class ReadSpeed(Uri source)
{
    private static readonly Dictionary<string, string> s_paths = new() { ["openai"] = "openai/v1", ["xai"] = "xai/v1", ["google"] = "google/v1beta" };

    /// <summary>Saves an answer's pictures, in the best of some rounds.</summary>
    /// <returns>Letters of base64 a second, in millions.</returns>
    public async Task<double> MeasureAsync(string provider, LoadAnswer answer, int rounds, CancellationToken cancellationToken)
    {
        var best = 0.0;
        for (var round = 0; round < rounds; round++)
        {
            var took = await SaveAsync(provider, answer, cancellationToken);
            best = Math.Max(best, answer.AllLetters / took.TotalSeconds / 1e6);
        }

        return best;
    }

    private async Task<TimeSpan> SaveAsync(string provider, LoadAnswer answer, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("batchwork-bench-").FullName;
        try
        {
            var options = new BatchworkOptions { AllowPrivateAddresses = true };
            options.Credentials[provider] = new BatchCredentials { ApiKey = "key-bench", BaseUrl = new Uri(source, s_paths[provider]) };
            using var client = ImageBatchClient.Create(options);
            var job = await client.GetBatchAsync(provider, provider == "google" ? "batches/" + answer.Name : answer.Name, cancellationToken: cancellationToken);
            var began = Stopwatch.GetTimestamp();
            var saved = await job.SaveAllAsync(folder, cancellationToken: cancellationToken);
            var took = Stopwatch.GetElapsedTime(began);
            var files = saved.Sum(s => s.Files.Count);
            PlainWork.Settle(folder);
            return files == answer.Results * answer.Pictures ? took : throw new InvalidOperationException($"Saved {files} pictures of {answer.Name} from {provider}.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
