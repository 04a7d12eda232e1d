namespace Batchwork.Emulator.Faults.Answers;

/// <summary>Answers with something that is not the API's: a gateway's error page, or bytes without sense under the name of JSON.</summary>
internal sealed class UnreadableFault(int status, bool html) : IFault
{
    private static readonly byte[] s_page =
        "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n"u8.ToArray();

    // Begins like an answer with an id.
    private static readonly byte[] s_garbage = [.. "{\"id\":"u8, 0x00, 0xFF, 0x9F, 0x92, 0x96, 0x1F, 0x8B, 0x08, .. "{{]\n"u8];

    public async Task ApplyAsync(FaultyCall call)
    {
        var (response, body) = (call.Context.Response, html ? s_page : s_garbage);
        response.StatusCode = status;
        response.ContentType = html ? "text/html; charset=utf-8" : "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, call.Aborted);
    }
}
