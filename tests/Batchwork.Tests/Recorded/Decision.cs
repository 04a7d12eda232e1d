using System.Text;
using System.Text.Json.Nodes;

namespace Batchwork.Tests.Recorded;

/// <summary>What this library does instead of what was recorded, where the recorded behaviour is a defect.</summary>
/// <param name="Kind">The beginning of the names of the cases it is about.</param>
/// <param name="Why">What is better, and why.</param>
/// <param name="Check">Asserts it.</param>
/// <param name="IsUnseen">Whether what is better does not show in a recording: a property that recordings do not have.</param>
internal sealed record Decision(string Kind, string Why, Action<VectorOutcome> Check, bool IsUnseen = false)
{
    /// <summary>Refused before any network call, with a problem that names request and field.</summary>
    public static Action<VectorOutcome> Refused(string code, string? customId = null) => outcome =>
    {
        var invalid = Assert.IsType<BatchValidationException>(outcome.Error);
        var problem = Assert.Single(invalid.Problems, p => p.Code == code);
        Assert.Equal(ProblemSeverity.Error, problem.Severity);
        Assert.True(customId is null || customId == problem.CustomId, $"The problem names the request '{problem.CustomId}', not '{customId}'.");
        Assert.Empty(outcome.Calls);
    };

    /// <summary>Sent, and the author is told.</summary>
    public static Action<VectorOutcome> Warned(string code) => outcome =>
        Assert.Contains(Sent(outcome).Warnings, w => w.Code == code && w.Severity == ProblemSeverity.Warning);

    /// <summary>Failed with a provider's failure of a class, after a number of calls.</summary>
    public static Action<VectorOutcome> Failed(ProviderFailure failure, int calls, string says = "") => outcome =>
    {
        var error = Assert.IsAssignableFrom<ProviderException>(outcome.Error);
        Assert.Equal(failure, error.Failure);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(calls, outcome.Calls.Count);
    };

    public static BatchJob Sent(VectorOutcome outcome)
    {
        Assert.Null(outcome.Error);
        return Assert.IsType<BatchJob>(outcome.Job);
    }

    /// <summary>A line of the upload.</summary>
    public static JsonNode Line(VectorOutcome outcome, int index = 0)
    {
        Sent(outcome);
        var upload = outcome.Calls.First(c => c.Path.EndsWith("/files", StringComparison.Ordinal));
        var form = MultipartBody.Read(upload.Headers["Content-Type"], upload.Body);
        return JsonNode.Parse(Encoding.UTF8.GetString(form.File).Split('\n')[index])!;
    }

    public static JsonNode Body(VectorOutcome outcome, int index = 0) => Line(outcome, index)["body"]!;

    /// <summary>The only result.</summary>
    public static BatchResult Result(VectorOutcome outcome)
    {
        Assert.Null(outcome.Error);
        return Assert.Single(outcome.Results).Result;
    }

    /// <summary>The ids of all results.</summary>
    public static string[] Ids(VectorOutcome outcome) => [.. outcome.Results.Select(r => r.Result.CustomId)];
}
