namespace Batchwork.Tests.Contract;

internal sealed class OpenAIScript : ProviderScript
{
    public override string Provider => "openai";

    public override string Model => "gpt-image-2";

    public override string TextModel => "gpt-5";

    public override string BatchId => "batch_1";

    public override string FileId => "file-1";

    public override IReadOnlyList<BatchStatus> Statuses { get; } = Enum.GetValues<BatchStatus>();

    public override BatchSnapshot Done { get; } = new() { Id = "batch_1", Provider = "openai", Status = BatchStatus.Completed, OutputFileId = "file-out" };

    public override string Cancelled => Batch(BatchStatus.Cancelling);

    public override string Results =>
        """
        {"custom_id":"cat","response":{"status_code":200,"body":{"data":[{"b64_json":"PNG"}]}},"error":null}
        {"custom_id":"dog","response":{"status_code":400,"body":{"error":{"code":"moderation_blocked","message":"No."}}},"error":null}
        not a line
        {"custom_id":"elk","response":{"status_code":400,"body":{"error":{"code":"invalid_size","message":"No."}}},"error":null}
        """.Replace("PNG", Png, StringComparison.Ordinal);

    public override string Batch(BatchStatus status)
    {
        var word = status == BatchStatus.InProgress ? "in_progress" : status.ToString().ToLowerInvariant();
        return $$$"""{"id":"batch_1","object":"batch","status":"{{{word}}}","input_file_id":"file-1","created_at":1795000000,"metadata":{"bw_tag":"{{{Tag}}}"},"request_counts":{"total":3,"completed":1,"failed":2}}""";
    }

    public override string Page(string batch) => $$"""{"object":"list","data":[{{batch}}],"has_more":false}""";

    public override string Error(string code, string message) => $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}","type":"t"}}""";

    public override string Models(string model) => $$"""{"data":[{"id":"{{model}}"}]}""";
}
