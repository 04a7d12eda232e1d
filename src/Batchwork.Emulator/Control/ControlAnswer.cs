using Batchwork.Emulator.Storage;

namespace Batchwork.Emulator.Control;

/// <summary>An answer of the control endpoints.</summary>
internal sealed class ControlAnswer(object value, int status = StatusCodes.Status200OK) : IResult
{
    public static ControlAnswer Refused(params IReadOnlyList<string> problems) => new(new { problems }, StatusCodes.Status400BadRequest);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        return httpContext.Response.WriteAsJsonAsync(value, value.GetType(), StoredJson.Indented, httpContext.RequestAborted);
    }
}
