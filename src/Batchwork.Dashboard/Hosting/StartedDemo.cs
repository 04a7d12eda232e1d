namespace Batchwork.Dashboard.Hosting;

/// <summary>A running emulator.</summary>
/// <param name="Handler">Sends requests to it.</param>
/// <param name="Server">Stops it when disposed.</param>
internal sealed record StartedDemo(HttpMessageHandler Handler, IAsyncDisposable Server);
