namespace Batchwork.Tests.Contract;

internal sealed class XAIScript : ProviderScript
{
    public override string Provider => "xai";

    public override string Model => "grok-imagine-image";

    public override string TextModel => "grok-4";

    public override string BatchId => "batch_1";

    public override string FileId => "file_1";

    // It has no word for any: they follow from counters and dates.
    public override IReadOnlyList<BatchStatus> Statuses { get; } =
        [BatchStatus.Validating, BatchStatus.InProgress, BatchStatus.Completed, BatchStatus.Failed, BatchStatus.Cancelling, BatchStatus.Cancelled];

    public override BatchSnapshot Done { get; } = new() { Id = "batch_1", Provider = "xai", Status = BatchStatus.Completed, RequestCounts = new BatchRequestCounts(4, 1, 3) };

    public override string Cancelled => Batch(BatchStatus.Cancelling);

    public override string Results =>
        """
        {"results":[
          {"batch_request_id":"cat","batch_result":{"response":{"image_generation":{"data":[{"b64_json":"PNG"}]}}}},
          {"batch_request_id":"dog","batch_result":{"response":{"image_generation":{"data":[{"url":"","respect_moderation":false}]}}}},
          [not an item],
          {"batch_request_id":"elk","batch_result":{"error":{"code":3,"message":"No."}}}
        ],"pagination_token":null}
        """.Replace("PNG", Png, StringComparison.Ordinal);

    public override string Batch(BatchStatus status)
    {
        var facts = status switch
        {
            BatchStatus.Validating => "\"state\":{\"num_requests\":0}",
            BatchStatus.InProgress => "\"state\":{\"num_requests\":3,\"num_pending\":2,\"num_success\":1}",
            BatchStatus.Failed => "\"cancel_by_xai_message\":\"No.\",\"state\":{}",
            BatchStatus.Cancelling => "\"cancel_time\":\"2026-11-18\",\"state\":{\"num_requests\":3,\"num_pending\":1}",
            BatchStatus.Cancelled => "\"cancel_time\":\"2026-11-18\",\"state\":{\"num_requests\":3,\"num_cancelled\":3}",
            _ => "\"state\":{\"num_requests\":3,\"num_success\":1,\"num_error\":2}",
        };
        return $$"""{"batch_id":"batch_1","name":"{{Tag}}","input_file_id":"file_1","create_time":"2026-11-18T12:00:00Z",{{facts}}}""";
    }

    public override string Page(string batch) => $$"""{"batches":[{{batch}}],"pagination_token":null}""";

    public override string Error(string code, string message) => $$"""{"code":"{{code}}","error":"{{message}}"}""";

    public override string Models(string model) => $$"""{"data":[{"id":"{{model}}"}],"models":[{"id":"{{model}}"}]}""";
}
