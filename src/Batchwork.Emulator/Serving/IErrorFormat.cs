namespace Batchwork.Emulator.Serving;

/// <summary>How a provider writes errors.</summary>
internal interface IErrorFormat
{
    /// <summary>Answers with an error; words that are not given are those usual for the status.</summary>
    Task WriteAsync(HttpContext context, int status, ErrorWords words);
}
