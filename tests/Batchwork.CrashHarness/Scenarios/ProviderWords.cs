namespace Batchwork.CrashHarness.Scenarios;

/// <summary>How the emulator calls the operations of a provider that serve the same purpose everywhere.</summary>
internal static class ProviderWords
{
    public static string Operation(string provider, string purpose) => purpose == "*" ? "*" : $"{provider}." + (provider, purpose) switch
    {
        (_, "upload") => "files.upload",
        (_, "create") => "batches.create",
        (_, "list") => "batches.list",
        (_, "cancel") => "batches.cancel",
        ("openai", "retrieve") => "batches.retrieve",
        (_, "retrieve") => "batches.get",
        ("openai", "content") => "files.content",
        ("google", "content") => "files.download",
        (_, "content") => "batches.results",
        (_, "hosted") => "pictures.get",
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, null),
    };
}
