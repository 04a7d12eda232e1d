using System.Runtime.CompilerServices;

namespace Batchwork.Dashboard.Tests.Hosting;

internal static class UploadFolder
{
    /// <summary>
    /// ASP.NET Core finds its folder for large forms once a process. The first server of a test run would choose its own data folder, which is
    /// gone when the next one needs it.
    /// </summary>
    [ModuleInitializer]
    internal static void Choose() => Environment.SetEnvironmentVariable("ASPNETCORE_TEMP", Path.GetTempPath());
}
