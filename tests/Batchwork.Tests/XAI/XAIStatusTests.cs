using System.Text.Json;
using System.Text.Json.Nodes;
using Batchwork.XAI;

namespace Batchwork.Tests.XAI;

/// <summary>A batch's status follows from counters and dates, in this order.</summary>
public sealed class XAIStatusTests
{
    [Theory]
    [InlineData("""{"cancel_by_xai_message":"JSONL file validation failed: Model X is not supported for batch processing","cancel_time":"2026-11-22T10:00:00Z","state":{"num_requests":0}}""", BatchStatus.Failed)]
    [InlineData("""{"cancel_by_xai_message":"stopped","state":{"num_requests":3,"num_pending":1,"num_success":2}}""", BatchStatus.Failed)]
    [InlineData("""{"cancel_by_xai_message":"","state":{"num_requests":3,"num_success":3}}""", BatchStatus.Completed)]
    [InlineData("""{"cancel_time":"2026-11-22","state":{"num_requests":3,"num_pending":1}}""", BatchStatus.Cancelling)]
    [InlineData("""{"cancel_time":"2026-11-22","state":{"num_requests":3,"num_success":1,"num_cancelled":2}}""", BatchStatus.Cancelled)]
    [InlineData("""{"cancel_time":"2026-11-22"}""", BatchStatus.Cancelling)]
    [InlineData("""{"state":{"num_requests":3,"num_cancelled":3}}""", BatchStatus.Cancelled)]
    [InlineData("""{"state":{"num_requests":0,"num_pending":0}}""", BatchStatus.Validating)]
    [InlineData("""{"state":{"num_requests":3,"num_pending":2},"expire_time":"2026-11-22T10:00:00Z"}""", BatchStatus.Expired)]
    [InlineData("""{"state":{"num_requests":3,"num_pending":2},"expire_time":"2026-11-22T11:30:00Z"}""", BatchStatus.InProgress)]
    [InlineData("""{"state":{"num_requests":3,"num_pending":2},"expire_time":"2026-11-20"}""", BatchStatus.InProgress)]
    [InlineData("""{"state":{"num_requests":3,"num_success":3},"expire_time":"2020-01-01T00:00:00Z"}""", BatchStatus.Completed)]
    [InlineData("""{"state":{"num_requests":3,"num_error":3}}""", BatchStatus.Completed)]
    [InlineData("""{"state":{"num_requests":"3","num_pending":"1"}}""", BatchStatus.InProgress)]
    [InlineData("""{"state":{}}""", null)]
    [InlineData("""{}""", null)]
    public void Read_CountersAndDates_MakeAStatus(string facts, BatchStatus? status) => Assert.Equal(status, Read(facts)?.Status);

    [Fact]
    public void Read_Counters_AreCounts() =>
        Assert.Equal(new BatchRequestCounts(10, 4, 3, 2, 1), Read("""{"state":{"num_requests":10,"num_pending":2,"num_success":4,"num_error":3,"num_cancelled":1}}""")?.RequestCounts);

    [Fact]
    public void Read_RefusedByXAI_SaysWhy() =>
        Assert.Equal(new BatchError("cancelled_by_xai", "Model X is not supported"), Assert.Single(Read("""{"cancel_by_xai_message":"Model X is not supported","state":{}}""")!.Errors));

    [Theory]
    [InlineData("""{"code":"not-found","error":"x"}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Read_NoBatch_IsNone(string answer) =>
        Assert.Null(XAISnapshots.Read(JsonElement.Parse(answer), "batch_1", TestAdapter.Now));

    private static BatchSnapshot? Read(string facts)
    {
        var batch = JsonNode.Parse(facts)!.AsObject();
        batch["batch_id"] = "b";
        return XAISnapshots.Read(JsonElement.Parse(batch.ToJsonString()), null, TestAdapter.Now);
    }
}
