using Batchwork.Benchmarks;

// dotnet run -c Release --project tests/Batchwork.Benchmarks -- NAME: prints one JSON line a figure.
var benchmarks = new Dictionary<string, Func<CancellationToken, IAsyncEnumerable<Figure>>>(StringComparer.Ordinal)
{
    ["build"] = BuildBenchmark.RunAsync,
    ["collect"] = token => SaveBenchmark.RunAsync(token).Concat(CollectBenchmark.RunAsync(token)),
    ["wide"] = WideBenchmark.RunAsync,
    ["page"] = PageBenchmark.RunAsync,
    ["insert"] = InsertBenchmark.RunAsync,
    ["zip"] = ZipBenchmark.RunAsync,
    ["startup"] = StartupBenchmark.RunAsync,
    ["restart"] = RestartBenchmark.RunAsync,
    ["large"] = LargeBenchmark.RunAsync,
};

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

if (args is [.., LoadSource.Verb])
{
    await LoadSource.RunAsync(stop.Token);
    return 0;
}

var names = args.Length == 0 ? [.. benchmarks.Keys] : args;
if (names.FirstOrDefault(n => !benchmarks.ContainsKey(n)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'. There are: {string.Join(", ", benchmarks.Keys)}.");
    return 2;
}

foreach (var name in names)
{
    await foreach (var figure in benchmarks[name](stop.Token))
    {
        await Console.Out.WriteLineAsync(figure.ToJson());
    }
}

return 0;
