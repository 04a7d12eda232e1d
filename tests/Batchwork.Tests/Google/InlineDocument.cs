using System.Globalization;
using System.Text;

namespace Batchwork.Tests.Google;

/// <summary>Makes what Google answers at the end of an inline batch.</summary>
internal static class InlineDocument
{
    /// <summary>A document with one picture a result.</summary>
    public static byte[] Of(int pictures, int lettersEach) =>
        Of(string.Create(CultureInfo.InvariantCulture, $"\"{pictures}\""), Enumerable.Range(0, pictures).Select(i => Picture($"r{i}", new string('A', lettersEach))));

    /// <summary>A document of results.</summary>
    public static byte[] Of(string count, IEnumerable<string> items) => Encoding.ASCII.GetBytes(
        $$$"""
        {
          "name": "batches/3a96",
          "metadata": {
            "state": "BATCH_STATE_SUCCEEDED",
            "batchStats": { "requestCount": {{{count}}}, "successfulRequestCount": {{{count}}} }
          },
          "done": true,
          "response": {
            "@type": "type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatchOutput",
            "inlinedResponses": { "inlinedResponses": [ {{{string.Join(",\n", items)}}} ] }
          }
        }
        """);

    /// <summary>A result with a picture.</summary>
    public static string Picture(string key, string base64 = "iVBORw0KGgoAAAANSUhEUg==") =>
        $$$$"""{"metadata":{"key":"{{{{key}}}}"},"response":{{{{Response(base64)}}}}}""";

    /// <summary>Google's answer with a picture.</summary>
    public static string Response(string base64) =>
        $$$"""{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"{{{base64}}}"}}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":8,"candidatesTokenCount":1120,"totalTokenCount":1128}}""";
}
