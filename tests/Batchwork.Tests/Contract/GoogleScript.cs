namespace Batchwork.Tests.Contract;

internal sealed class GoogleScript : ProviderScript
{
    public override string Provider => "google";

    public override string Model => "gemini-3-pro-image";

    public override string TextModel => "gemini-3.5-flash";

    public override string BatchId => "batches/3a96b1";

    public override string FileId => "files/bw1-abc";

    public override IReadOnlyList<BatchStatus> Statuses { get; } =
        [BatchStatus.Validating, BatchStatus.InProgress, BatchStatus.Completed, BatchStatus.Failed, BatchStatus.Expired, BatchStatus.Cancelled];

    public override BatchSnapshot Done { get; } = new() { Id = "batches/3a96b1", Provider = "google", Status = BatchStatus.Completed, OutputFileId = "files/batch-3a96b1" };

    public override string Cancelled => "{}";

    public override string Results =>
        """
        {"key":"cat","response":{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"PNG"}}]},"finishReason":"STOP"}]}}
        {"key":"dog","response":{"promptFeedback":{"blockReason":"SAFETY"}}}
        not a line
        {"key":"elk","error":{"code":3,"message":"No."}}
        """.Replace("PNG", Png, StringComparison.Ordinal);

    public override string Batch(BatchStatus status)
    {
        var word = status switch
        {
            BatchStatus.Validating => "PENDING",
            BatchStatus.InProgress => "RUNNING",
            BatchStatus.Completed => "SUCCEEDED",
            _ => status.ToString().ToUpperInvariant(),
        };
        return $$$"""{"name":"batches/3a96b1","metadata":{"displayName":"{{{Tag}}}","inputConfig":{"fileName":"files/bw1-abc"},"createTime":"2026-11-18T12:00:00Z","batchStats":{"requestCount":"3","successfulRequestCount":"1","failedRequestCount":"2"},"state":"BATCH_STATE_{{{word}}}"}}""";
    }

    public override string Page(string batch) => $$"""{"operations":[{{batch}}]}""";

    public override string Error(string code, string message) => $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}","status":"t"}}""";

    public override string Models(string model) => $$"""{"models":[{"name":"models/{{model}}"}]}""";
}
