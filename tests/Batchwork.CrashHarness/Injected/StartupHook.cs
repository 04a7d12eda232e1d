using System.Runtime.Loader;

/// <summary>
/// What the runtime calls in the app under test before its <c>Main</c> (<c>DOTNET_STARTUP_HOOKS</c>): makes this assembly findable by name, so that the
/// web host loads <see cref="Batchwork.CrashHarness.Injected.CrashStartup"/> from it. The runtime wants exactly this name, outside of any namespace.
/// </summary>
internal static class StartupHook
{
    public static void Initialize() => AssemblyLoadContext.Default.Resolving += (_, name) =>
        name.Name == typeof(StartupHook).Assembly.GetName().Name ? typeof(StartupHook).Assembly : null;
}
