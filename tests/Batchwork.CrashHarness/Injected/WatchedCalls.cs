namespace Batchwork.CrashHarness.Injected;

/// <summary>Tells each call to a provider by what it is for, whichever provider it is: before it, when it is out but not answered, and after it.</summary>
internal sealed class WatchedCalls(CrashTrigger trigger, string client) : DelegatingHandler
{
    /// <summary>After this long a call that has no answer yet has certainly arrived: the emulator is on the same machine.</summary>
    private static readonly TimeSpan s_arrival = TimeSpan.FromMilliseconds(500);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var purpose = PurposeOf(request);
        trigger.At($"http.{purpose}.before");
        var call = base.SendAsync(request, cancellationToken);
        var sent = $"http.{purpose}.sent";
        if (trigger.Awaits(sent) && await Task.WhenAny(call, Task.Delay(s_arrival, TimeProvider.System, cancellationToken)) != call)
        {
            trigger.At(sent);
        }

        var response = await call;
        trigger.At($"http.{purpose}.after");
        return response;
    }

    private string PurposeOf(HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath;
        var last = path[(path.LastIndexOf('/') + 1)..];
        return client.EndsWith("Untrusted", StringComparison.Ordinal) ? "hosted"
            : path.EndsWith("cancel", StringComparison.Ordinal) ? "cancel"
            : request.Method == HttpMethod.Delete ? "delete"
            : request.Method == HttpMethod.Get
                ? last is "content" || last.EndsWith(":download", StringComparison.Ordinal) || last is "results" ? "content"
                    : last is "batches" ? "list"
                    : path.Contains("/files", StringComparison.Ordinal) ? "find-upload"
                    : path.Contains("/batches/", StringComparison.Ordinal) ? "retrieve"
                    : "other"
            : path.Contains("/files", StringComparison.Ordinal) || path.Contains("/upload", StringComparison.Ordinal) ? "upload"
            : "create";
    }
}
