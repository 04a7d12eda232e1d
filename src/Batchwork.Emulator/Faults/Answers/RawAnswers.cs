using System.Collections.Frozen;

namespace Batchwork.Emulator.Faults.Answers;

/// <summary>Answers that no well-behaved server sends, byte for byte (F54).</summary>
internal static class RawAnswers
{
    private const string Json = "Content-Type: application/json\r\n";

    private static readonly FrozenDictionary<string, string> s_answers = new Dictionary<string, string>
    {
        ["204-with-body"] = "HTTP/1.1 204 No Content\r\n" + Json + "Content-Length: 12\r\n\r\n{\"id\":\"none\"}",
        ["informational"] = "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n",
        ["bad-chunk"] = "HTTP/1.1 200 OK\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\nzz\r\n:1}\r\n0\r\n\r\n",
        ["unended-chunks"] = "HTTP/1.1 200 OK\r\n" + Json + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n",
        ["two-lengths"] = "HTTP/1.1 200 OK\r\n" + Json + "Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}",
        ["half-a-header"] = "HTTP/1.1 200 OK\r\nContent-Ty",
        ["no-http"] = "SSH-2.0-OpenSSH_9.9\r\n",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string Names => string.Join(", ", s_answers.Keys.Order());

    public static string? Find(string name) => s_answers.GetValueOrDefault(name);
}
