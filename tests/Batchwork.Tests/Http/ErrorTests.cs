using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Batchwork.Http;
using Microsoft.Extensions.Time.Testing;

namespace Batchwork.Tests.Http;

public sealed class ErrorTests
{
    private static readonly BatchCredentials s_credentials = new()
    {
        ApiKey = "sk-secret-123456",
        Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer gateway-token-1" },
    };

    [Theory]
    [InlineData("Incorrect API key provided: sk-secret-123456.", "Incorrect API key provided: [secret].")]
    [InlineData("token gateway-token-1 is bad", "token [secret] is bad")]
    [InlineData("a\u001b[31mred\u0000\u0007", "a[31mred")]
    [InlineData("line\nnext\ttab", "line\nnext\ttab")]
    public void Clean_TextOfOthers_IsFitToBeShown(string text, string clean) => Assert.Equal(clean, ErrorText.Clean(text, s_credentials));

    [Fact]
    public void Clean_LongText_IsCutAtAWholeCharacter()
    {
        var clean = ErrorText.Clean(string.Concat(Enumerable.Repeat("\ud83d\udebf", 5_000_000)), null);

        Assert.InRange(clean.Length, 1_990, ErrorText.MaxLength);
        Assert.EndsWith("\udebf…", clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"m","type":"t","param":"p","code":"c"}}""", "c", "m", "t", "p")]
    [InlineData("""{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}}""", "429", "m", "RESOURCE_EXHAUSTED", null)]
    [InlineData("""[{"error":{"code":400,"message":"m"}}]""", "400", "m", null, null)]
    [InlineData("""{"code":"c","error":"m"}""", "c", "m", null, null)]
    [InlineData("""{"error":{}}""", null, "", null, null)]
    public void Read_ProvidersShapes_AreUnderstood(string body, string? code, string message, string? type, string? param) =>
        Assert.Equal(new BatchError(code, message, type, Param: param), ErrorBody.Read(Encoding.UTF8.GetBytes(body), null).Error);

    [Theory]
    [InlineData("")]
    [InlineData("<html>busy</html>")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":{"message":""")]
    public void Read_WhatIsNoProvidersError_IsNone(string body) => Assert.Null(ErrorBody.Read(Encoding.UTF8.GetBytes(body), null).Error);

    [Theory]
    [InlineData(400, null, ProviderFailure.InvalidRequest)]
    [InlineData(401, null, ProviderFailure.KeyRejected)]
    [InlineData(402, null, ProviderFailure.OutOfCredit)]
    [InlineData(403, null, ProviderFailure.Forbidden)]
    [InlineData(404, null, ProviderFailure.NotFound)]
    [InlineData(408, null, ProviderFailure.Unavailable)]
    [InlineData(409, null, ProviderFailure.Conflict)]
    [InlineData(410, null, ProviderFailure.NotFound)]
    [InlineData(413, null, ProviderFailure.InvalidRequest)]
    [InlineData(422, null, ProviderFailure.InvalidRequest)]
    [InlineData(429, null, ProviderFailure.RateLimited)]
    [InlineData(429, "insufficient_quota", ProviderFailure.OutOfCredit)]
    [InlineData(429, "token_limit_exceeded", ProviderFailure.RateLimited)]
    [InlineData(500, null, ProviderFailure.Unavailable)]
    [InlineData(529, null, ProviderFailure.Unavailable)]
    [InlineData(302, null, ProviderFailure.UnexpectedAnswer)]
    public void Of_StatusAndCode_HaveTheirClass(int status, string? code, ProviderFailure failure) =>
        Assert.Equal(failure, ProviderFailures.Of((HttpStatusCode)status, code is null ? null : new BatchError(code, "m")));

    [Theory]
    [InlineData("Retry-After", "7", 7.0)]
    [InlineData("Retry-After", "0", 1.0)]
    [InlineData("Retry-After", "-5", 1.0)]
    [InlineData("Retry-After", "1.5", 1.5)]
    [InlineData("Retry-After", "999999", 3600.0)]
    [InlineData("Retry-After", "Sun, 22 Nov 2026 12:00:30 GMT", 30.0)]
    [InlineData("Retry-After", "Sun, 22 Nov 2020 12:00:30 GMT", 1.0)]
    [InlineData("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT", 3600.0)]
    [InlineData("Retry-After", "soon", null)]
    [InlineData("Retry-After", "NaN", null)]
    [InlineData("retry-after-ms", "2500", 2.5)]
    [InlineData("retry-after-ms", "1", 1.0)]
    public void RetryAfter_AnyForm_IsBetweenASecondAndAnHour(string header, string value, double? seconds)
    {
        using var response = new HttpResponseMessage();
        HttpResponseHeaders headers = response.Headers;
        headers.TryAddWithoutValidation(header, value);

        var wait = RetryAfterHeader.Read(headers, new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero)));

        Assert.Equal(seconds, wait?.TotalSeconds);
    }

    [Theory]
    [InlineData("batch_68f0a1", true)]
    [InlineData("Batch_1-a.b:c=", true)]
    [InlineData("a..b", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("../files", false)]
    [InlineData("a/b", false)]
    [InlineData("a?b=1", false)]
    [InlineData("a b", false)]
    [InlineData("a%2e", false)]
    [InlineData("ä", false)]
    [InlineData("a\n", false)]
    public void IsValid_Id_IsJudgedBeforeItIsPartOfAnAddress(string id, bool valid)
    {
        Assert.Equal(valid, ProviderIds.IsValid(id));
        Assert.False(ProviderIds.IsValid(new string('a', 513)));
    }
}
